"""Names of the cells in an nbgrader assignment: nbgrader's `grade_id`s, from which a cell's exercise can be told."""

from __future__ import annotations

from bpkit.course import catalog

_BETWEEN = "-"  # which names of exercises and functions have not
_CHECK = "check"


def of_statement(exercise_id: str) -> str:
    """Return the name of the cell with an exercise's statement."""
    return exercise_id.replace("/", _BETWEEN)


def of_function(exercise_id: str, function: str) -> str:
    """Return the name of the cell that a function is written in."""
    return _BETWEEN.join((of_statement(exercise_id), function))


def of_check(exercise_id: str, function: str) -> str:
    """Return the name of the cell that has the points of a function."""
    return _BETWEEN.join((of_function(exercise_id, function), _CHECK))


def exercise_of(grade_id: str) -> str:
    """Return the exercise that a cell of this name is of; "" where it is of none."""
    exercise_id = "/".join(grade_id.split(_BETWEEN)[:2])
    return exercise_id if exercise_id in catalog.ids() else ""


def checked(grade_id: str) -> tuple[str, str] | None:
    """Return the exercise and the function whose points a cell of this name has, or None."""
    pieces = grade_id.split(_BETWEEN)
    exercise_id = exercise_of(grade_id)
    if len(pieces) != 4 or pieces[3] != _CHECK or not exercise_id:
        return None
    function = pieces[2]
    known = any(part.function == function for part in catalog.find(exercise_id).parts)
    return (exercise_id, function) if known else None
