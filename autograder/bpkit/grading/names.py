"""Names that strangers chose: checked as paths, made safe as ids, and shown in a sentence without doing harm."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from bpkit.grading.members import Refused

MAX_ID = 100
_MAX_ID_BYTES = 200  # what is left of the 255 that file systems take, for suffixes
MAX_DEPTH = 64
_MAX_NAME_BYTES, _MAX_PATH = 255, 1000
_MAX_SHOWN = 80
_DRIVE = re.compile(r"[A-Za-z]:")
# Characters that change the direction in which the rest of a line is read.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_VENV = "pyvenv.cfg"
_IN_VENV = frozenset({"bin", "etc", "include", "Include", "lib", "Lib", "lib64", "Scripts", "share"})
_NOT_WORK = frozenset({"__pycache__", "__MACOSX", "site-packages"})


def clean(path: str) -> str:
    """Return a path of an archive or folder with plain names between single slashes; `Refused` where it is odd."""
    odd = fault(path)
    if odd:
        raise Refused(f"{shown(path)} {odd}.")
    return "/".join(parts(path))


def parts(path: str) -> list[str]:
    """Return the names in a path, without what stands for "here"."""
    return [part for part in path.split("/") if part not in {"", "."}]


def fault(path: str) -> str:
    """Return what is odd about a path, as the end of a sentence; empty where nothing is."""
    if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in path):
        return "has control characters in its name"
    if any(letter in _BIDI for letter in path):
        return "has characters in its name that change the direction of writing"
    if any(unicodedata.category(letter) == "Cs" for letter in path):
        return "has a name that is not UTF-8"
    if "\\" in path:
        return "has a backslash in its name"
    if path.startswith("/"):
        return "is an absolute path, which leads out of the submission"
    if _DRIVE.match(path):
        return "names a drive, which leads out of the submission"
    names = parts(path)
    if ".." in names:
        return "leads out of the submission by `..`"
    if not names:
        return "is no name"
    if len(path) > _MAX_PATH or any(len(name.encode()) > _MAX_NAME_BYTES for name in names):
        return "has a name that is too long"
    if len(names) > MAX_DEPTH:
        return f"lies more than {MAX_DEPTH} folders deep"
    return ""


def same(path: str) -> str:
    """Return what two names have in common that some file systems take for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def shown(name: str) -> str:
    """Return a name as it can stand in a sentence: nothing in it acts on a terminal, and it is not long."""
    safe = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode()
        for letter in name[: _MAX_SHOWN + 1]
    )
    return safe if len(safe) <= _MAX_SHOWN else f"{safe[: _MAX_SHOWN - 1]}…"


def listed(names: list[str], *, most: int = 3) -> str:
    """Return names as a list in a sentence: the first few, and how many more."""
    told = [shown(name) for name in names[:most]]
    if len(names) > most:
        told.append(f"{len(names) - most} more")
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def person(name: str) -> str:
    """Return a person's name in one line, without what does not print."""
    kept = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", name))
    return " ".join(kept.split())[:200]


def identifier(text: str) -> str:
    """Return a student's id that is safe as a file's name: letters, digits, - _ . @, and no dot or dash first.

    Letters of any script stay, as a class of Müllers and Мюллеров must not become one student.
    """
    plain = unicodedata.normalize("NFKC", person(text))
    kept = "".join(letter if letter.isalnum() or letter in "-_.@" else "_" for letter in plain)
    kept = kept.lstrip(".-")[:MAX_ID]
    while len(kept.encode()) > _MAX_ID_BYTES:
        kept = kept[:-1]
    return kept.rstrip(".") or "unnamed"


def apart(student: str, text: str) -> str:
    """Return an id for one of several students whose names come to the same id: it depends on its own name alone."""
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return identifier(f"{identifier(student[: MAX_ID - 9])}-{mark}")


def foreign(path: str, venvs: frozenset[str]) -> bool:
    """Tell whether a file is no work of the student's: hidden, a cache, macOS's, or a virtual environment's.

    venvs: the folders with a virtual environment in them, from `environments`; it may be the workspace itself.
    """
    names = path.split("/")
    if any(name.startswith(".") or name in _NOT_WORK for name in names):
        return True
    return bool(venvs) and any(
        name in _IN_VENV and "/".join(names[:place]) in venvs for place, name in enumerate(names)
    )


def environments(paths: list[str]) -> frozenset[str]:
    """Return the folders that a virtual environment was made in, by the file that each has."""
    return frozenset(path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] == _VENV)
