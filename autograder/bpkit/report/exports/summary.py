"""What several exports say of a result: its outcome in words, its points, and its messages without repetitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status
from bpkit.report import words
from bpkit.report.exports.text import line
from bpkit.report.results import Outcome, Result

Exercises = Mapping[str, Exercise]  # by id, in the order of the columns

OUTCOMES = {
    Outcome.GRADED: "graded",
    Outcome.REFUSED: "refused",
    Outcome.NOT_HANDED_IN: "not handed in",
    Outcome.NOT_JUDGED: "not judged",
}
_ERRORS = frozenset({Status.CRASHED, Status.TIMED_OUT, Status.OUT_OF_MEMORY})


class Told(NamedTuple):
    """One part of an exercise: a function, and what to say about it."""

    name: str
    status: Status
    points: int | None
    max_points: int
    messages: tuple[str, ...]


def possible(exercises: Exercises) -> int:
    """Return the points to be had."""
    return sum(exercise.points for exercise in exercises.values())


def settled(result: Result) -> int | None:
    """Return the score, or None where there is none or where some of it could not be judged.

    For columns that hold a number and nothing else: what is still open is no loss of the student's.
    """
    return None if result.verdict is None or result.verdict["open_score"] else result.score


def by_id(result: Result) -> dict[str, Mapping[str, Any]]:
    """Return the exercises of the verdict, by id; none where there is no verdict."""
    return {} if result.verdict is None else {judged["id"]: judged for judged in result.verdict["exercises"]}


def status(judged: Mapping[str, Any]) -> Status:
    """Return how an exercise, a part or a finding came out."""
    return Status(judged["status"])


def word(judged: Mapping[str, Any]) -> str:
    """Return the same as a word for a table: "timed out"."""
    return status(judged).value.replace("_", " ")


def is_error(found: Status) -> bool:
    """Tell whether the code did not run to its end, which is another thing than a wrong answer."""
    return found in _ERRORS


def title(exercise_id: str, exercises: Exercises) -> str:
    """Return the exercise's title, or its id where the course no longer has it."""
    return exercises[exercise_id].title if exercise_id in exercises else exercise_id


def points(earned: int | None, possible: int) -> str:
    """Say how many points one function earned."""
    return f"{possible} points, not judged" if earned is None else f"{earned} of {possible} points"


def headline(result: Result) -> str:
    """Say in one line what came out."""
    if result.verdict is None:
        why = line(result.why)
        return f"{OUTCOMES[result.outcome].capitalize()}{': ' + why if why else '.'}"
    still = result.verdict["open_score"]
    left = f", and {still} could not be judged (neither earned nor lost)" if still else ""
    return f"{result.verdict['score']} of {result.verdict['max_score']} points{left}."


def told(judged: Mapping[str, Any]) -> tuple[Told, ...]:
    """Return the exercise's parts with what to say about each; what stops a whole file is said once."""
    said: set[str] = set()
    return tuple(
        Told(
            part["name"],
            status(part),
            part["points"],
            part["max_points"],
            tuple(_once(part["findings"], said)),
        )
        for part in judged["parts"]
    )


def _once(findings: Sequence[Mapping[str, Any]], said: set[str]) -> Iterator[str]:
    grave = [finding for finding in findings if status(finding) is not Status.PASSED]
    for finding in grave or findings:
        message = finding["message"]
        yield "The same as above." if message in said else message
        said.add(message)


def explained(part: Told) -> str:
    """Return the part's messages as one text, the status first where it did not pass."""
    state = [] if part.status is Status.PASSED else [f"{words.STATUS[part.status].capitalize()}."]
    return "\n\n".join([*state, *part.messages])
