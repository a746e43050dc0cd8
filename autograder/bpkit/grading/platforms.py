"""Whose submission a folder or file is, by the names that learning platforms give.

The forms are those of the platforms' own sources, as of 2026: Moodle's mod/assign/classes/downloader.php and Canvas'
lib/content_zipper.rb; Gradescope's export is known from what others read in it, Classroom 50's from its manual.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from bpkit.grading.archives import is_archive, stem
from bpkit.grading.members import FILE, FOLDER, Entry
from bpkit.grading.names import person

GRADESCOPE = "submission_metadata.yml"
# In nbgrader's course; where it collects: <student>/<assignment>/; and what it puts into each of these.
NBGRADER, COLLECTED, TIMESTAMP = "nbgrader_config.py", "submitted", "timestamp.txt"
# Folders are Name_id_assignsubmission_file, before Moodle 4 with a `_` behind it; single files have their name there.
_MOODLE = re.compile(r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+(?:_(?P<file>.*))?", re.DOTALL)
# sortablename[_LATE]_user_attachment_file, or [LATE_]anon_user_...; texts and links have no attachment.
_CANVAS = re.compile(
    r"(?:(?P<name>\w+?)_(?:LATE_)?(?P<id>\d+)|(?:LATE_)?anon_(?P<anonymous>[A-Za-z0-9]+))"
    r"_(?:(?P<attachment>\d{3,})_(?P<file>.+)|(?:text|link)\.html)",
    re.DOTALL,
)
_GITHUB_USER = re.compile(r"(?!\d+$)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:_[a-z0-9]+)?")
_GITHUB_PREFIX = re.compile(r"[a-z0-9][a-z0-9._-]*-")
_YAML_FOLDER = re.compile(r"(\S.*?):\s*")
_YAML_SUBMITTERS = re.compile(r"  :?submitters:\s*")
_YAML_FIELD = re.compile(r"  (?:- |  ):?(name|sid|email): +(.*)")
# What lies beside submissions: lists of scores, notes, and what the system leaves everywhere.
_BESIDE = (
    ".csv",
    ".db",
    ".html",
    ".ini",
    ".json",
    ".log",
    ".md",
    ".rst",
    ".tsv",
    ".txt",
    ".xlsx",
    ".yaml",
    ".yml",
)


class Owner(NamedTuple):
    """Who handed in. keys: ids, the first of which is the student's where no roster says otherwise."""

    keys: tuple[str, ...]
    name: str = ""


class Piece(NamedTuple):
    """One name in the folder of submissions; inner: without what the platform added."""

    entry: Entry
    inner: str


class Claim(NamedTuple):
    """What one student handed in."""

    owner: Owner
    pieces: tuple[Piece, ...]


class _Label(NamedTuple):
    """What a name says. home: whatever has the same one is one submission; empty where it stands alone."""

    owner: Owner
    inner: str
    home: str


def relevant(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that are, or ought to be, submissions."""
    return [entry for entry in entries if not _is_beside(entry)]


def is_labelled(entry: Entry) -> bool:
    """Tell whether a platform seems to have given this name to a submission."""
    return bool(_MOODLE.fullmatch(entry.name) or _CANVAS.fullmatch(entry.name))


def claims(
    entries: Sequence[Entry],
    gradescope: Mapping[str, tuple[Owner, ...]],
    is_known: Callable[[str], bool] = lambda _: False,
    is_whole: Callable[[], bool] = lambda: False,
) -> list[Claim]:
    """Return who handed in what.

    gradescope: from `submitters`. is_known: tells whether a roster has somebody by an id. is_whole: tells whether
    names of folders are ids as they are, however alike they begin.
    """
    entries = relevant(entries)
    canvas = _canvas(entries)
    alone = [
        entry for entry in entries if not (entry.name in gradescope or _moodle(entry) or entry in canvas)
    ]
    prefix = _prefix([_bare(entry) for entry in alone], is_known) if len(alone) == len(entries) else ""
    if prefix and is_whole():
        prefix = ""
    groups: dict[str, list[tuple[_Label, Entry]]] = {}
    found = []
    for entry in entries:
        if entry.name in gradescope:
            piece = Piece(entry, entry.name)
            found += [Claim(owner, (piece,)) for owner in gradescope[entry.name]]
            continue
        label = _moodle(entry) or canvas.get(entry) or _plain(entry, prefix)
        groups.setdefault(label.home or f"/{len(groups)}", []).append((label, entry))
    for group in groups.values():
        pieces = tuple(Piece(entry, label.inner) for label, entry in group)
        found.append(Claim(group[0][0].owner, pieces))
    return found


def submitters(lines: Sequence[str], folders: Collection[str]) -> dict[str, tuple[Owner, ...]]:
    """Return who handed in each of Gradescope's folders, by the lines of its `submission_metadata.yml`.

    No YAML is parsed: only lines of the form in which Gradescope writes these few fields are looked at.
    """
    found: dict[str, list[dict[str, str]]] = {}
    people: list[dict[str, str]] = []
    here: list[dict[str, str]] | None = None
    for line in lines:
        folder = _YAML_FOLDER.fullmatch(line)
        if folder:
            here = None
            name = _scalar(folder[1])
            people = found.setdefault(name, []) if name in folders else []
        elif _YAML_SUBMITTERS.fullmatch(line):
            here = people
        elif here is not None:
            field = _YAML_FIELD.fullmatch(line.rstrip())
            if field is None:
                here = None if line[:4].strip() else here
                continue
            if line[2] == "-":
                here.append({})
            if here:
                here[-1][field[1]] = _scalar(field[2])
    owners = {name: tuple(filter(None, map(_submitter, people))) for name, people in found.items()}
    return {name: people for name, people in owners.items() if people}


def _submitter(fields: Mapping[str, str]) -> Owner | None:
    email, name = fields.get("email", ""), fields.get("name", "")
    keys = tuple(filter(None, (fields.get("sid", ""), email, name)))
    if keys and keys[0] == email:
        keys = (email.partition("@")[0], *keys)
    return Owner(keys, person(name)) if keys else None


def _scalar(text: str) -> str:
    """Return the text of a YAML scalar on one line."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return "" if text in {"null", "~"} else text


def _is_beside(entry: Entry) -> bool:
    if (entry.name.startswith(".") and entry.name != "..") or entry.name in {"__MACOSX", "__pycache__"}:
        return True
    if entry.kind != FILE or is_labelled(entry):
        return False
    return entry.name.lower().endswith(_BESIDE) or entry.name == "Thumbs.db"


def _moodle(entry: Entry) -> _Label | None:
    found = _MOODLE.fullmatch(entry.name)
    if found is None:
        return None
    # With blind marking everybody is called "Participant", or that in the site's language.
    name = "" if found["name"].casefold() == "participant" else person(found["name"])
    inner = found["file"] or ""
    owner = Owner((found["id"] or name,), name)
    return _Label(
        owner, entry.name if inner.strip("_").startswith(".") or not inner else inner, f"moodle/{owner.keys}"
    )


def _canvas(entries: Sequence[Entry]) -> dict[Entry, _Label]:
    """Return labels by Canvas, if the names hang together as its do: "hw_1_200_anna.zip" could be anybody's."""
    found = {entry: match for entry in entries if (match := _CANVAS.fullmatch(entry.name))}
    people: dict[str, str] = {}
    for match in found.values():
        if people.setdefault(match["id"] or match["anonymous"], match["name"] or "") != (match["name"] or ""):
            return {}
    attachments = [match["attachment"] for match in found.values() if match["attachment"]]
    if len(set(attachments)) < len(attachments) or 2 * len(found) < len(entries):
        return {}
    if len(people) == 1 and len(found) > 1:
        return {}
    return {
        entry: _Label(
            Owner((match["id"] or match["anonymous"],), match["name"] or ""),
            match["file"] or entry.name,
            f"canvas/{match['id'] or match['anonymous']}",
        )
        for entry, match in found.items()
    }


def _plain(entry: Entry, prefix: str) -> _Label:
    name = _bare(entry)
    return _Label(Owner((name.removeprefix(prefix), name)), entry.name, "")


def _bare(entry: Entry) -> str:
    if entry.kind == FOLDER:
        return entry.name
    if is_archive(entry.name):
        return stem(entry.name)
    name, dot, suffix = entry.name.rpartition(".")
    return name if name and dot and len(suffix) <= 5 else entry.name


def _prefix(names: Sequence[str], is_known: Callable[[str], bool]) -> str:
    """Return what GitHub's classrooms put before the user's name in the names of all repositories: "hw1-"."""
    common = os.path.commonprefix(names)  # noqa: RUF071 - of names, not of paths
    prefix = common[: common.rfind("-") + 1]
    users = [name.removeprefix(prefix) for name in names]
    if len(names) < 2 or not _GITHUB_PREFIX.fullmatch(prefix) or not all(map(_GITHUB_USER.fullmatch, users)):
        return ""
    return "" if sum(map(is_known, names)) > sum(map(is_known, users)) else prefix
