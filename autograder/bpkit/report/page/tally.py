"""Counts what a class has in common: mistakes, the ways in which arrays are wrong, and the checks that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bpkit.judging.verdict import Status
from bpkit.report.exports import summary
from bpkit.report.exports.summary import Exercises
from bpkit.report.results import Result

_Finding = Mapping[str, Any]
_Key = tuple[str, ...]


class Common(NamedTuple):
    """Something that several students have done.

    exercise: its id. key: what tells it from others in the exercise: a mistake's id, an array and its signature, a check.
    students: places in the list of results, in order.
    """

    exercise: str
    key: _Key
    students: tuple[int, ...]


_POINTERS = frozenset({"mend_forward"})  # say that there is another finding, and where
_NO_MISTAKE = frozenset({Status.PASSED, Status.NOT_STARTED, Status.BLOCKED})


def mistakes(results: Sequence[Result], exercises: Exercises) -> list[Common]:
    """Return the known mistakes that were made, the commonest first."""
    return _ranked(results, exercises, lambda finding: (finding["mistake"],) if finding["mistake"] else None)


def signatures(results: Sequence[Result], exercises: Exercises) -> list[Common]:
    """Return how arrays were wrong where it is no known mistake, as (array, signature)."""
    return _ranked(results, exercises, _signature)


def checks(results: Sequence[Result], exercises: Exercises) -> list[Common]:
    """Return which checks failed where there is neither, as (check, status)."""
    return _ranked(results, exercises, _check)


def _signature(finding: _Finding) -> _Key | None:
    if finding["mistake"] or not finding["signature"]:
        return None
    return finding["array"] or "", finding["signature"]


def _check(finding: _Finding) -> _Key | None:
    if finding["mistake"] or finding["signature"] or finding["check"] in _POINTERS:
        return None
    return finding["check"], finding["status"]


def _ranked(
    results: Sequence[Result], exercises: Exercises, key_of: Callable[[_Finding], _Key | None]
) -> list[Common]:
    students: dict[tuple[str, _Key], list[int]] = {}
    for place, result in enumerate(results):
        # A dictionary as an ordered set: a mistake in several arrays or cases is one mistake of one student.
        for made in dict.fromkeys(_made(result, exercises, key_of)):
            students.setdefault(made, []).append(place)
    order = {exercise_id: place for place, exercise_id in enumerate(exercises)}
    found = [Common(*made, tuple(places)) for made, places in students.items()]
    return sorted(
        found,
        key=lambda one: (-len(one.students), order.get(one.exercise, len(order)), one.exercise, one.key),
    )


def _made(
    result: Result, exercises: Exercises, key_of: Callable[[_Finding], _Key | None]
) -> Iterator[tuple[str, _Key]]:
    for exercise_id, judged in summary.by_id(result).items():
        for part in judged["parts"] if exercise_id in exercises else ():
            for finding in part["findings"]:
                key = None if summary.status(finding) in _NO_MISTAKE else key_of(finding)
                if key is not None:
                    yield exercise_id, key
