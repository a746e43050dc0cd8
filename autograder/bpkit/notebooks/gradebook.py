"""Writes scores into an nbgrader gradebook, by nbgrader's own API: SQLite, PostgreSQL, or what else SQLAlchemy speaks.

Of what `nbgrader generate_assignment` put there only the check cells' `auto_score` is written. What a person gave,
and every other cell, stays as it is.
"""

from __future__ import annotations

import logging
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from nbgrader.api import Base, Comment, Grade, Gradebook, InvalidEntry, MissingEntry, SubmittedNotebook
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from bpkit.errors import BadFile
from bpkit.grading import grade_ids
from bpkit.grading.names import apart, identifier, listed, person, same
from bpkit.judging.verdict import Status
from bpkit.report.results import Outcome, Result

_MAX_NAME = 128  # characters in the gradebook's columns, which PostgreSQL counts

# nbgrader logs a traceback before it raises. We raise a sentence instead.
logging.getLogger("tornado.application").addHandler(logging.NullHandler())


class Written(NamedTuple):
    """What was written, and for whom nothing was.

    added: students that the gradebook did not have. open: functions that could not be judged. left_out: students, by
    outcome; `unstarted`: those who had started nothing, and had handed in nothing to nbgrader. missing: exercises that
    somebody had started, and that the gradebook has no cells for.
    """

    gradebook: str
    students: int
    added: int
    open: int
    left_out: Mapping[Outcome, int]
    unstarted: int
    missing: tuple[str, ...]


class _Cell(NamedTuple):
    """A check cell. place: assignment and notebook, as a person reads them."""

    id: str
    assignment: str
    place: str
    max_score: float


_Cells = dict[tuple[str, str], _Cell]  # by exercise and function


def write(
    address: str, results: Iterable[Result], exercises: Collection[str], assignment: str = ""
) -> Written:
    """Write the scores, one transaction a student; `BadFile` where the gradebook cannot be used.

    address: as nbgrader's `CourseDirectory.db_url`, or a path. exercises: ids of those that were judged.
    assignment: the only one to write to; all that have cells of these exercises unless told.
    """
    url = _url(address)
    with _plainly(url, "Nothing was written."):
        gradebook = _opened(url)
    found, added, still_open, unstarted = 0, 0, 0, 0
    left_out: Counter[Outcome] = Counter()
    started: set[str] = set()
    with closing(gradebook):
        with _plainly(url, "Nothing was written."):
            cells = _cells(gradebook, exercises, assignment)
            students = _students(gradebook)
        ids = set(students.values())
        for result in results:
            if result.verdict is None:
                left_out[result.outcome] += 1
                continue
            started |= {
                judged["id"] for judged in result.verdict["exercises"] if _is_started(judged["parts"])
            }
            student = students.get(result.student, result.student)
            with (
                _plainly(url, f"Of {student} nothing was written; the same command again writes the rest."),
                _transaction(gradebook),
            ):
                parts = _write(gradebook, student, result, cells)
            if not parts:
                unstarted += 1
                continue
            found += 1
            added += student not in ids
            still_open += sum(part["points"] is None for part in parts)
    has_cells = {exercise_id for exercise_id, _ in cells}
    missing = [one for one in exercises if one in started and one not in has_cells]
    return Written(_shown(url), found, added, still_open, left_out, unstarted, tuple(missing))


def _url(address: str) -> URL:
    if "://" not in address:
        url = URL.create("sqlite", database=address)
    else:
        try:
            url = make_url(address)
        except (SQLAlchemyError, ValueError) as error:
            raise BadFile(
                "The gradebook's address cannot be read. It is a path, sqlite:///gradebook.db, or "
                "postgresql://USER@HOST/DATABASE."
            ) from error
    path = url.database or ""
    # Opening would make an empty one.
    if url.get_backend_name() == "sqlite" and not path.startswith("file:") and not Path(path).is_file():
        raise BadFile(
            f"There is no gradebook {path or address}. `nbgrader generate_assignment`, in the course's folder, makes one."
        )
    return url


def _shown(url: URL) -> str:
    """Return the address without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.render_as_string(hide_password=True)


@contextmanager
def _plainly(url: URL, consequence: str) -> Iterator[None]:
    """Turn what databases and their drivers raise into a sentence."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise BadFile(
            f"{_shown(url)} needs the Python package {error.name}, which is not installed. For PostgreSQL: pip install "
            "psycopg2-binary, and an address that begins with postgresql+psycopg2://"
        ) from error
    except (SQLAlchemyError, InvalidEntry) as error:
        said = str(getattr(error, "orig", None) or error).strip().partition("\n")[0].rstrip(".")
        raise BadFile(f"The gradebook {_shown(url)} cannot be used: {said}. {consequence}") from error


def _opened(url: URL) -> Gradebook:
    # Before nbgrader opens it, which would make its tables in any database that it is given.
    engine = create_engine(url)
    try:
        there = inspect(engine)
        known = there.get_table_names()
        lacking = [
            table.name
            for table in Base.metadata.sorted_tables
            if table.name not in known
            or set(table.columns.keys()) - {column["name"] for column in there.get_columns(table.name)}
        ]
    finally:
        engine.dispose()
    if len(lacking) == len(Base.metadata.tables):
        raise BadFile(
            f"{_shown(url)} is no gradebook of nbgrader's: `nbgrader generate_assignment` makes one."
        )
    if lacking:
        raise BadFile(
            f"{_shown(url)} is a gradebook of another version of nbgrader's: `nbgrader db upgrade` renews it."
        )
    return Gradebook(url, course_id="")  # with a course's id, it would add that course


def _cells(gradebook: Gradebook, exercises: Collection[str], assignment: str) -> _Cells:
    assignments = {one.name: one for one in gradebook.assignments}
    if assignment and assignment not in assignments:
        there = f"but {listed(sorted(assignments), most=8)}" if assignments else "nor any other"
        raise BadFile(f"The gradebook has no assignment {assignment!r}, {there}.")
    cells: _Cells = {}
    for chosen in [assignments[assignment]] if assignment else assignments.values():
        for notebook in chosen.notebooks:
            for cell in notebook.grade_cells:
                key = grade_ids.checked(cell.name)
                if key is None or (exercises and key[0] not in exercises):
                    continue
                found = _Cell(cell.id, chosen.name, f"{chosen.name}/{notebook.name}", cell.max_score)
                other = cells.setdefault(key, found)
                if other is not found:
                    raise BadFile(
                        f"{cell.name} is in {other.place} and in {found.place}, and nothing was written. "
                        "`--assignment NAME` says which assignment is meant."
                    )
    if not cells:
        chapters = dict.fromkeys(one.partition("/")[0] for one in exercises)
        raise BadFile(
            "The gradebook has no cells for what was graded. First: nbgrader generate_assignment "
            + (assignment or " ".join(chapters))
        )
    return cells


def _students(gradebook: Gradebook) -> dict[str, str]:
    """Return nbgrader's ids by ours, which are safe as names of files, and nbgrader's are names of folders."""
    ids = [student.id for student in gradebook.students]
    known = {one: one for one in ids}
    shared = Counter(same(identifier(one)) for one in ids)
    for one in ids:
        safe = identifier(one)
        known.setdefault(safe if shared[same(safe)] == 1 else apart(safe, same(one)), one)
    return known


@contextmanager
def _transaction(gradebook: Gradebook) -> Iterator[None]:
    """Make what follows one transaction: nbgrader's methods each commit, which here does no more than flush."""
    gradebook.db.remove()
    try:
        with gradebook.engine.begin() as connection:
            gradebook.db(bind=connection)  # the session that nbgrader's methods use from now on
            yield
            gradebook.db.flush()
    finally:
        gradebook.db.remove()


def _write(gradebook: Gradebook, student: str, result: Result, cells: _Cells) -> list[Mapping[str, Any]]:
    """Write one student's scores; return the parts that were."""
    assert result.verdict is not None
    parts = [
        (cells[judged["id"], part["name"]], part)
        for judged in result.verdict["exercises"]
        for part in judged["parts"]
        if (judged["id"], part["name"]) in cells
    ]
    written = []
    for assignment in dict.fromkeys(cell.assignment for cell, _ in parts):
        mine = [(cell, part) for cell, part in parts if cell.assignment == assignment]
        submission = _submission(gradebook, student, assignment)
        if submission is None:
            # All of it is as it was given out, or is not there: that is no submission.
            if not _is_started([part for _, part in mine]):
                continue
            _add_student(gradebook, student, result.name)
            with gradebook.db.no_autoflush:  # nbgrader's objects are half made when it looks up the next
                submission = gradebook.add_submission(assignment, student)
        grades = _grades(gradebook, submission, [cell.id for cell, _ in mine])
        for cell, part in mine:
            _set(grades[cell.id], _score(part, cell.max_score))
            written.append(part)
    return written


def _is_started(parts: Iterable[Mapping[str, Any]]) -> bool:
    return any(Status(part["status"]) is not Status.NOT_STARTED for part in parts)


def _set(grade: Grade, score: float | None) -> None:
    grade.auto_score = score
    # As in nbgrader's own SaveAutoGrades: what a person has graded stays, and is to be looked at once more.
    grade.needs_manual_grade = score is None or grade.manual_score is not None


def _score(part: Mapping[str, Any], largest: float) -> float | None:
    """Return the points in the cell's own measure, where the instructor has given it another."""
    if part["points"] is None:
        return None
    score = part["points"] / part["max_points"] * largest if part["max_points"] else 0.0
    return max(0.0, min(score, largest)) if math.isfinite(score) else 0.0


def _submission(gradebook: Gradebook, student: str, assignment: str) -> Any | None:
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None


def _add_student(gradebook: Gradebook, student: str, name: str) -> None:
    try:
        gradebook.find_student(student)
    except MissingEntry:
        last, comma, first = person(name).partition(",")
        if not comma:
            first, _, last = last.rpartition(" ")
        names = {"first_name": first.strip()[:_MAX_NAME], "last_name": last.strip()[:_MAX_NAME]}
        gradebook.add_student(student, **(names if name else {}))


def _grades(gradebook: Gradebook, submission: Any, wanted: Collection[str]) -> dict[str, Grade]:
    """Return the submission's grades by their cell, the wanted ones among them."""

    def present() -> dict[str, Grade]:
        return {grade.cell_id: grade for notebook in submission.notebooks for grade in notebook.grades}

    grades = present()
    if all(cell in grades for cell in wanted):
        return grades
    # A notebook was added to the assignment after this was handed in: what `add_submission` would make of it now.
    there = {notebook.notebook_id for notebook in submission.notebooks}
    for notebook in submission.assignment.notebooks:
        if notebook.id not in there:
            added = SubmittedNotebook(notebook=notebook, assignment=submission)
            gradebook.db.add(added)
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                gradebook.db.add(Grade(cell_id=cell.id, notebook=added))
            for cell in (*notebook.solution_cells, *notebook.task_cells):
                gradebook.db.add(Comment(cell_id=cell.id, notebook=added))
    return present()
