"""The list of students: gives names, tells platforms' ids apart, and knows who handed in nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bpkit.errors import BadSubmissions
from bpkit.grading.names import identifier, person, same

_MAX_BYTES = 16 << 20
# Headers in lower case, with single spaces for what is no letter or digit. The first that a row fills gives the id.
_IDS = (
    "student id", "studentid", "sid", "student number", "matriculation number", "matrikelnummer",
    "id", "identifier", "id number", "id nummer", "sis user id", "org defined id", "netid",
    "username", "user name", "user", "user id", "userid", "login", "login id", "sis login id",
    "github username", "github", "github user", "anmeldename", "benutzername",
)  # fmt: skip
_EMAILS = ("email", "e mail", "email address", "e mail address", "mail", "e mail adresse", "student email")
_NAMES = ("name", "full name", "fullname", "student name", "display name", "vollständiger name")
_FIRST = ("first name", "firstname", "first", "given name", "vorname")
_LAST = ("last name", "lastname", "last", "surname", "family name", "nachname")
_EITHER = "student"  # a name in Canvas' gradebook, an id in a list that has nothing else
_PARTICIPANT = re.compile(r"(?:participant|teilnehmer/in) (\d+)", re.IGNORECASE)
# Canvas' gradebook has rows that are nobody's.
_NOBODY = frozenset({"points possible", "student, test", "test student"})


class Student(NamedTuple):
    """One row. keys: every id and e-mail address; names: the forms in which platforms write the name."""

    id: str
    name: str
    keys: tuple[str, ...]
    names: tuple[str, ...]


class Roster(NamedTuple):
    """All rows, and who is meant by an id, an address, its local part, or a name that is one student's alone."""

    students: tuple[Student, ...]
    by_key: Mapping[str, Student]
    by_name: Mapping[str, Student | None]

    def find(self, keys: Iterable[str], name: str) -> Student | None:
        """Return who is meant by ids, in order of preference, or else by a name; None where nobody is."""
        for key in keys:
            student = self.by_key.get(same(key.strip()))
            if student is not None:
                return student
        for form in _forms("", name):
            if form in self.by_name:  # None where it is several students' name
                return self.by_name[form]
        return None


def read(path: Path) -> Roster:
    """Read a roster: CSV with a line of headers, from a platform or made by hand; `BadSubmissions` where it is bad."""
    lines = _text(path).splitlines()
    separator = ""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:  # Excel's own line
        separator = lines.pop(0)[4]
    if not any(line.strip() for line in lines):
        raise BadSubmissions(f"{path} is empty: a roster has a line of headers and a line for each student.")
    separator = separator or max(",;\t", key=lines[0].count)
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        raise BadSubmissions(f"{path} cannot be read as CSV: {error}.") from error
    headers = [" ".join(re.findall(r"[^\W_]+", header.casefold())) for header in rows[0]]
    if not set(headers) & {*_IDS, *_EMAILS, *_NAMES, *_LAST, _EITHER}:
        raise BadSubmissions(
            f"{path} has no column that tells who a student is. Name one of them id, email or name in its first line."
        )
    is_name = bool(set(headers) & {*_IDS, *_EMAILS})
    students: dict[str, tuple[Student, int]] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {header: cell.strip() for header, cell in zip(headers, row, strict=False) if cell.strip()}
        student = _student(cells, is_name=is_name)
        if student is None:
            continue
        _, first = students.setdefault(same(student.id), (student, number))
        if first != number:
            raise BadSubmissions(f"{path} has {student.id} twice, in rows {first} and {number}.")
    if not students:
        raise BadSubmissions(f"{path} has headers, but no student.")
    return _indexed([student for student, _ in students.values()])


def absent(roster: Roster, seen: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the id and the name of who handed in nothing, by id. seen: ids of those who did."""
    handed_in = frozenset(seen)
    for student in roster.students:
        if student.id not in handed_in:
            yield student.id, student.name


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            contents = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise BadSubmissions(f"The roster {path} cannot be read: {error.strerror}.") from error
    if len(contents) > _MAX_BYTES:
        raise BadSubmissions(f"{path} is larger than any roster.")
    try:
        text = contents.decode("utf-16" if contents[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadSubmissions(f"{path} is not UTF-8. Save it as “CSV UTF-8”.") from error
    if "\0" in text:
        raise BadSubmissions(f"{path} is no CSV file.")
    return text


def _student(cells: Mapping[str, str], *, is_name: bool) -> Student | None:
    """Return the student of a row, or None. is_name: the column "student" is one of names."""
    name = _first(cells, _NAMES)
    given, family = _first(cells, _FIRST), _first(cells, _LAST)
    ids = [_PARTICIPANT.sub(r"\1", cells[header]) for header in _IDS if header in cells]
    emails = [cells[header] for header in _EMAILS if header in cells]
    if _EITHER in cells and not is_name:
        ids.append(cells[_EITHER])
    elif _EITHER in cells:
        name = name or cells[_EITHER]
    if name.casefold() in _NOBODY:
        return None
    if not name and (given or family):
        name = f"{given} {family}".strip()
    elif name.count(",") == 1:
        family, given = (part.strip() for part in name.split(","))
        name = f"{given} {family}".strip()
    keys = (*ids, *emails)
    if not keys and not name:
        return None
    own = ids[0] if ids else emails[0].partition("@")[0] if emails else name
    return Student(identifier(own), person(name), keys, _forms(family, name))


def _first(cells: Mapping[str, str], headers: Sequence[str]) -> str:
    return next((cells[header] for header in headers if header in cells), "")


def _forms(family: str, name: str) -> tuple[str, ...]:
    """Return a name's words in any order, and as Canvas runs them together: family name first."""
    words = re.findall(r"\w+", same(name.replace("_", " ")))
    if not words:
        return ()
    last = "".join(re.findall(r"\w+", same(family))) or words[-1]
    rest = "".join(words)
    run_together = last + (rest.removesuffix(last) if rest.endswith(last) else rest.replace(last, "", 1))
    return tuple(dict.fromkeys((" ".join(sorted(words)), run_together)))


def _indexed(students: Sequence[Student]) -> Roster:
    students = sorted(students, key=lambda student: student.id)
    whole = _unique((key, student) for student in students for key in (student.id, *student.keys))
    local = _unique(
        (key.partition("@")[0], student) for student in students for key in student.keys if "@" in key
    )
    # An id is never somebody else's address.
    by_key = {key: student for key, student in {**local, **whole}.items() if student is not None}
    by_name = _unique((form, student) for student in students for form in student.names)
    return Roster(tuple(students), by_key, by_name)


def _unique(pairs: Iterable[tuple[str, Student]]) -> dict[str, Student | None]:
    """Return whose each text is; None where it is several students'."""
    found: dict[str, Student | None] = {}
    for text, student in pairs:
        key = same(text)
        found[key] = student if found.get(key, student) == student else None
    return found
