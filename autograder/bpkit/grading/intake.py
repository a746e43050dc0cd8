"""Takes submissions in: from a folder of folders or archives, or from one archive, as platforms export them.

One submission is in memory at a time, nothing is written, and one that is refused stops none of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from bpkit.course import catalog, resources
from bpkit.errors import BadSubmissions
from bpkit.grading import archives, fitting, gather, platforms
from bpkit.grading.folders import Folder
from bpkit.grading.gather import Part
from bpkit.grading.handed import Handed
from bpkit.grading.members import FILE, FOLDER, MAX_ARCHIVE, Entry, Refused, Source
from bpkit.grading.names import apart, identifier, listed, same, shown
from bpkit.grading.platforms import Claim, Owner
from bpkit.grading.roster import Roster

_MAX_WRAPPERS = 3


class _Turn(NamedTuple):
    """One submission that is to be read; refused: why it need not be."""

    student: str
    name: str
    parts: tuple[Part, ...]
    refused: str = ""


class Submissions(Iterator[Handed]):
    """The submissions of a class by student id, each read when its turn comes. `len` tells how many there are."""

    def __init__(self, turns: Sequence[_Turn], depth: int, files: ExitStack) -> None:
        self._turns, self._depth, self._files = turns, depth, files
        self._next = 0

    def __len__(self) -> int:
        return len(self._turns)

    def close(self) -> None:
        """Close the archive; the last submission does so too."""
        self._files.close()
        self._next = len(self._turns)

    def __next__(self) -> Handed:
        if self._next == len(self._turns):
            self.close()
            raise StopIteration
        turn = self._turns[self._next]
        self._next += 1
        return _read(turn, self._depth)


def find(path: Path, roster: Roster | None = None) -> Submissions:
    """Return the submissions in a folder or an archive; `BadSubmissions` where there are none to be found."""
    files = ExitStack()
    try:
        source, depth = _source(path, files)
        source = _unwrapped(source, packed=depth > 0)
        entries = source.children()
        one = _own_file(source, entries)
        if one:
            raise BadSubmissions(
                f"{path} is itself a submission: it holds {shown(one)}. Put it into a folder, and name that folder."
            )
        if Entry(platforms.NBGRADER, FILE) in entries:
            raise BadSubmissions(
                f"{path} is nbgrader's course: name the folder in it that submissions are collected in, such as "
                f"{path / platforms.COLLECTED}."
            )
        claims = platforms.claims(
            entries,
            _gradescope(source, entries),
            _knower(roster),
            lambda: path.resolve().name == platforms.COLLECTED or _is_collected(source, entries),
        )
        if not claims:
            raise BadSubmissions(f"{path} holds no submissions: no folder, and no archive.")
        return Submissions(_turns(source, claims, roster), depth, files.pop_all())
    except Refused as error:
        raise BadSubmissions(gather.about(str(path), error)) from error
    except OSError as error:
        raise BadSubmissions(f"{path} cannot be read: {error.strerror}.") from error
    finally:
        files.close()


def _source(path: Path, files: ExitStack) -> tuple[Source, int]:
    """Return a folder, or an archive and that what is in it lies in one archive already."""
    if path.is_dir():
        return Folder(path), 0
    if path.exists() and not path.is_file():
        raise Refused("It is neither a folder nor a file.")
    return archives.open_class(files.enter_context(path.open("rb"))), 1


def _unwrapped(source: Source, *, packed: bool) -> Source:
    """Go into folders around all submissions, as an archive often has them, and Gradescope's exports always.

    A folder alone on the disk is a class of one.
    """
    inside = source
    for _ in range(_MAX_WRAPPERS):
        entries = platforms.relevant(inside.children())
        if len(entries) != 1 or entries[0].kind != FOLDER or platforms.is_labelled(entries[0]):
            break
        inside = inside.below(entries[0].name)
        children = inside.children()
        if Entry(platforms.GRADESCOPE, FILE) in children:
            return inside
        if not packed or _own_file(inside, children):
            break
        if sum(_looks_handed_in(inside, entry) for entry in platforms.relevant(children)) > 1:
            return inside
    return source


def _own_file(source: Source, entries: Sequence[Entry]) -> str:
    """Return a file that shows that this is one submission, and no folder of them; or ""."""
    for entry in entries:
        if entry.kind == FILE and (entry.name == resources.PACK_NAME or fitting.of_course(entry.name)):
            return entry.name
        if entry.kind == FOLDER:
            for inner in source.below(entry.name).children() if entry.name in catalog.chapters() else ():
                if inner.kind == FILE and fitting.of_course(f"{entry.name}/{inner.name}"):
                    return f"{entry.name}/{inner.name}"
    return ""


def _looks_handed_in(source: Source, entry: Entry) -> bool:
    if entry.kind != FOLDER:
        return archives.is_archive(entry.name) or platforms.is_labelled(entry)
    return any(
        fitting.of_course(member.path) or member.path.endswith(".ipynb") or archives.is_archive(member.path)
        for member in source.below(entry.name).walk()
    )


def _gradescope(source: Source, entries: Sequence[Entry]) -> dict[str, tuple[Owner, ...]]:
    if Entry(platforms.GRADESCOPE, FILE) not in entries:
        return {}
    text = source.read(source.member(platforms.GRADESCOPE), MAX_ARCHIVE).decode(errors="replace")
    return platforms.submitters(text.split("\n"), {entry.name for entry in entries})


def _is_collected(source: Source, entries: Sequence[Entry]) -> bool:
    """Tell whether nbgrader seems to have collected this: most have its timestamp, and one student could make one."""
    folders = [source.below(entry.name) for entry in entries if entry.kind == FOLDER]
    return 2 * sum(map(_has_timestamp, folders)) > len(folders)


def _has_timestamp(student: Source) -> bool:
    try:
        return any(
            Entry(platforms.TIMESTAMP, FILE) in student.below(entry.name).children()
            for entry in student.children()
            if entry.kind == FOLDER
        )
    except (Refused, OSError):  # which is told when its turn comes
        return False


def _knower(roster: Roster | None) -> Callable[[str], bool]:
    return lambda text: roster is not None and same(text) in roster.by_key


def _turns(source: Source, claims: Sequence[Claim], roster: Roster | None) -> list[_Turn]:
    """Return who is to be read in what order, with a safe id for each.

    Two submissions of one student are refused. Two students whose names come to the same id are told apart.
    """
    people: dict[tuple[str, str], list[_Turn]] = {}
    for claim in claims:
        known = roster.find(claim.owner.keys, claim.owner.name or claim.owner.keys[0]) if roster else None
        student = known.id if known else identifier(claim.owner.keys[0])
        name = (known.name if known else "") or claim.owner.name
        parts = tuple(Part(source, piece.entry, piece.inner) for piece in claim.pieces)
        who = "" if known else same(claim.owner.keys[0])
        people.setdefault((same(student), who), []).append(_Turn(student, name, parts))
    ids = Counter(student for student, _ in people)
    turns = []
    for (student, who), several in people.items():
        turn = several[0]
        if ids[student] > 1 and who:
            turn = turn._replace(student=apart(turn.student, who))
        if len(several) > 1:
            names = sorted(one.parts[0].entry.name for one in several)
            turn = turn._replace(refused=f"It was handed in more than once, as {listed(names)}: leave one.")
        turns.append(turn)
    return sorted(turns, key=lambda turn: turn.student)


def _read(turn: _Turn, depth: int) -> Handed:
    refused = turn.refused
    try:
        files = {} if refused else gather.read(turn.parts, depth)
        if not refused:
            return Handed(turn.student, turn.name, MappingProxyType(files))
    except Refused as error:
        refused = str(error)
    except OSError as error:
        refused = f"{shown(str(error.filename or 'It'))} cannot be read: {error.strerror}."
    except Exception as error:  # noqa: BLE001 - one submission never stops the others
        refused = (
            f"bpkit itself failed ({type(error).__name__}: {error}). That is our fault: please report it."
        )
    return Handed(turn.student, turn.name, refused=refused)
