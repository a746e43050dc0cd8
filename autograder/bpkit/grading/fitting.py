"""Finds the workspace among what a student handed in, and makes of it the files that are graded.

Work that could be meant in two ways is refused rather than ignored: an instructor can repair that in a minute, and
would not notice points that are missing because the other of two files was graded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import NamedTuple

from bpkit.course import catalog, resources
from bpkit.grading import cells
from bpkit.grading.members import Refused
from bpkit.grading.names import listed, shown

_MAX_NOTEBOOKS = 32  # reading a hostile one may take seconds
# What browsers and Canvas make of a name that they have seen before: "linear (1).py", "linear-1.py".
_COPY = re.compile(r" ?\(\d+\)$|-\d+$")


class _Claim(NamedTuple):
    """One file that may be an exercise's."""

    path: str
    text: str | None


def workspace(paths: Collection[str]) -> str | None:
    """Return the folder that is the workspace, "" being the top; None where no file lies in a chapter's folder.

    `Refused` where several folders could be it. One in another, or beside one with a pack, such as a backup or a
    clone's solutions, could not, if it has no exercise that the other lacks.
    """
    found: dict[str, set[str]] = {}
    for path in paths:
        root, exercise_id = _chaptered(path)
        if exercise_id:
            found.setdefault(root, set()).add(exercise_id)
    packs = {root for root in found if _join(root, resources.PACK_NAME) in paths}
    left = sorted(
        root
        for root, ids in found.items()
        if not any(
            ids <= others and (_is_below(root, other) or (other in packs and root not in packs))
            for other, others in found.items()
        )
    )
    if len(left) > 1:
        first, second = (shown(root) or "the top" for root in left[:2])
        raise Refused(f"Several workspaces were found in it, such as {first} and {second}: leave one.")
    return left[0] if left else None


def is_below(path: str, root: str | None) -> bool:
    """Tell whether a path lies in the workspace."""
    return root is not None and _is_below(path, root)


def of_course(path: str) -> str:
    """Return the exercise that a file of this path would be taken for, in a chapter's folder or loose; or ""."""
    return _chaptered(path)[1] or _loose(path)


def fit(contents: Mapping[str, bytes], paths: Collection[str]) -> dict[str, str | None]:
    """Return the texts of the workspace's files by their path in it; None for one that is not UTF-8.

    contents: of code and notebooks. paths: of all files, to tell what was found where nothing of the course was.
    """
    root = workspace(paths)
    code = {path: _text(contents[path]) for path in sorted(contents) if path.endswith(".py")}
    chosen = {
        exercise_id: _Claim(path, text)
        for path, text in code.items()
        if root is not None and (exercise_id := _exercise(path.removeprefix(_join(root, ""))))
    }
    _add_loose(chosen, code, root)
    _add_notebooks(chosen, {path: contents[path] for path in sorted(contents) if path.endswith(".ipynb")})
    if not chosen:
        only = f"only {listed(sorted(paths))}" if paths else "nothing at all"
        raise Refused(f"No file of the course was found in it, {only}.")
    beside: set[str] = set()  # notebooks, in several folders
    if root is None:
        homes = {claim.path.rpartition("/")[0] for claim in chosen.values()}
        if len(homes) > 1:
            claims = [claim.path for claim in chosen.values() if claim.path.endswith(".ipynb")]
            beside = {path.rpartition("/")[0] for path in claims}
        root = homes.pop() if len(homes) == 1 else ""
    # A loose file that has become an exercise's is not a helper as well.
    taken = {claim.path for claim in chosen.values()}
    files = {
        path.removeprefix(_join(root, "")): text
        for path, text in code.items()
        if _is_below(path, root) and path not in taken
    }
    files |= _helpers(beside, {path: text for path, text in code.items() if path not in taken})
    files |= {f"{exercise_id}.py": claim.text for exercise_id, claim in chosen.items()}
    return dict(sorted(files.items()))


def _helpers(folders: Collection[str], code: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the code in these folders by its path in them, as what lies beside it imports it.

    What two folders have under one name, and differently, is left out.
    """
    found: dict[str, set[str | None]] = {}
    for home in folders:
        for path, text in code.items():
            if _is_below(path, home):
                found.setdefault(path.removeprefix(_join(home, "")), set()).add(text)
    return {path: texts.pop() for path, texts in found.items() if len(texts) == 1}


def _add_loose(chosen: dict[str, _Claim], code: Mapping[str, str | None], root: str | None) -> None:
    """Take files without a chapter's folder for the exercise of their name."""
    chaptered = frozenset(chosen)
    for path, text in code.items():
        exercise_id = "" if _chaptered(path)[1] else _loose(path)
        # In the workspace, beside the exercise itself, it is the student's own helper or backup.
        if not exercise_id or (exercise_id in chaptered and is_below(path, root)):
            continue
        other = chosen.setdefault(exercise_id, _Claim(path, text))
        if other.text != text:
            raise _twice(exercise_id, other.path, path)


def _add_notebooks(chosen: dict[str, _Claim], notebooks: Mapping[str, bytes]) -> None:
    if len(notebooks) > 1:
        marks = {path: cells.is_of_nbgrader(contents, path) for path, contents in notebooks.items()}
        if any(ours for _, ours in marks.values()):
            # Of nbgrader's, those without an exercise's name are other assignments, whatever they define.
            notebooks = {path: notebooks[path] for path, (made, ours) in marks.items() if ours or not made}
    if len(notebooks) > _MAX_NOTEBOOKS:
        raise Refused(f"It holds more than {_MAX_NOTEBOOKS} notebooks.")
    found: dict[str, _Claim] = {}
    for path, contents in notebooks.items():
        for exercise_id, text in cells.exercises(contents, path).items():
            other = found.get(exercise_id)
            if other is None or (cells.is_unsolved(other.text or "") and not cells.is_unsolved(text)):
                found[exercise_id] = _Claim(path, text)
            elif other.text != text and not cells.is_unsolved(text):
                raise _twice(exercise_id, other.path, path)
    for exercise_id, claim in found.items():
        other = chosen.get(exercise_id)
        if other is None or other.text == _stub(exercise_id):
            chosen[exercise_id] = claim
        elif not cells.is_unsolved(claim.text or ""):
            raise _twice(exercise_id, other.path, claim.path)


def _twice(exercise_id: str, first: str, second: str) -> Refused:
    return Refused(f"It holds {exercise_id} twice: in {shown(first)} and, differently, in {shown(second)}.")


def _text(contents: bytes) -> str | None:
    try:
        return contents.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


@cache
def _stub(exercise_id: str) -> str | None:
    return _text(catalog.stub(exercise_id).read_bytes())


@cache
def _bare_names() -> Mapping[str, str]:
    """Return the exercises whose name alone tells which is meant, by that name."""
    ids = catalog.ids()
    names = [exercise_id.partition("/")[2] for exercise_id in ids]
    return {name: own for name, own in zip(names, ids, strict=True) if names.count(name) == 1}


def _loose(path: str) -> str:
    name = path.rpartition("/")[2]
    return _bare_names().get(_COPY.sub("", name[:-3]), "") if name.endswith(".py") else ""


def _exercise(path: str) -> str:
    return path[:-3] if path.endswith(".py") and path[:-3] in catalog.ids() else ""


def _chaptered(path: str) -> tuple[str, str]:
    """Return the folder and the exercise of a path such as folder/chapter/exercise.py; no exercise for others."""
    names = path.rsplit("/", 2)
    exercise_id = _exercise("/".join(names[-2:]))
    return (names[0] if len(names) == 3 else "", exercise_id) if exercise_id else ("", "")


def _join(root: str, name: str) -> str:
    return f"{root}/{name}" if root else name


def _is_below(path: str, root: str) -> bool:
    return path != root and (not root or path.startswith(f"{root}/"))
