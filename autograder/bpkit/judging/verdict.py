"""The verdict as frozen values. `report` turns it into words and formats; nothing here is for a person to read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # `bpkit export --help` comes by here, and needs no numpy
    from bpkit.reference.trees import Array

SCHEMA = "bpkit/verdict/v1"
NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class Status(StrEnum):
    """How a check, a part or an exercise came out."""

    PASSED = "passed"
    NOT_STARTED = "not_started"
    BLOCKED = "blocked"
    FAILED = "failed"
    BAD_RETURN = "bad_return"
    OUT_OF_MEMORY = "out_of_memory"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    NOT_JUDGED = "not_judged"


# The later of two wins when findings are summed up.
_RANK = {status: rank for rank, status in enumerate(Status)}


class Compared(NamedTuple):
    """A wrong array beside the right one, for showing: float64, of one shape. Nothing is judged by it.

    tolerance: an element is wrong where the two are further apart than this.
    """

    returned: Array
    expected: Array
    tolerance: float = 0.0

    # A tuple's own would ask whether an array of truths is true.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Compared) and self._key() == other._key()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[object, ...]:
        arrays = (self.returned, self.expected)
        return (*((array.shape, array.tobytes()) for array in arrays), self.tolerance)


class Finding(NamedTuple):
    """What one check found.

    check: which one, such as "shape"; `report.words` holds a sentence for each.
    case: the case's name; None where it concerns the whole file.
    array: the returned array, such as "dW"; None where it concerns all of them.
    mistake: the known mistake's id.
    where: which elements are wrong, such as ("row", 2); see `values.Where`.
    max_error: the largest difference over the largest expected absolute value.
    facts: what the sentence needs: shapes, indices, values, the traceback's lines.
    signature: where it is no known mistake, how the array differs from the right one, such as "transposed".
    compared: the returned array and the right one, where these have one shape and differ.
    """

    check: str
    status: Status
    case: str | None = None
    array: str | None = None
    mistake: str | None = None
    where: str | None = None
    max_error: float | None = None
    facts: Mapping[str, Any] = NO_FACTS
    signature: str | None = None
    compared: Compared | None = None


class PartVerdict(NamedTuple):
    """One function. points: None where it could not be judged."""

    name: str
    status: Status
    points: int | None
    max_points: int
    findings: tuple[Finding, ...]


class ExerciseVerdict(NamedTuple):
    """One exercise. `output` is what the student's code printed, cut at a limit."""

    id: str
    title: str
    status: Status
    seconds: float
    parts: tuple[PartVerdict, ...]
    output: str = ""

    @property
    def points(self) -> int:
        """Points earned, as far as could be judged."""
        return sum(part.points or 0 for part in self.parts)

    @property
    def open_points(self) -> int:
        """Points that could not be judged: neither earned nor lost."""
        return sum(part.max_points for part in self.parts if part.points is None)

    @property
    def max_points(self) -> int:
        """Points to be had."""
        return sum(part.max_points for part in self.parts)


class Verdict(NamedTuple):
    """All exercises of one check, and the isolation level that it ran at."""

    exercises: tuple[ExerciseVerdict, ...]
    isolation: int

    @property
    def score(self) -> int:
        """Points earned, as far as could be judged."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def open_score(self) -> int:
        """Points that could not be judged."""
        return sum(exercise.open_points for exercise in self.exercises)

    @property
    def max_score(self) -> int:
        """Points to be had."""
        return sum(exercise.max_points for exercise in self.exercises)

    @property
    def exit_code(self) -> int:
        """0 where all passed, 3 where something could not be judged, 1 otherwise."""
        found = {exercise.status for exercise in self.exercises}
        if Status.NOT_JUDGED in found:
            return 3
        return 0 if found <= {Status.PASSED} else 1


def sum_up(statuses: tuple[Status, ...]) -> Status:
    """Return the status that stands for all of them: the gravest."""
    return max(statuses, key=_RANK.__getitem__, default=Status.PASSED)
