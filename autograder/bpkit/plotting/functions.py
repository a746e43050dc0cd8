"""The student's functions as something to call: each exercise in a confined worker, each failure in one sentence."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, ParamSpec, TypeVar

import numpy as np

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.errors import UnknownExercise
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Call, Failure, Session, Submission
from bpkit.judging.verdict import Finding, Status
from bpkit.plotting.series import Gap
from bpkit.reference.trees import Array
from bpkit.report import words
from bpkit.worker.wire import Slot

_P = ParamSpec("_P")
_T = TypeVar("_T")
_AT_ONCE = 64  # calls
_PATIENCE = 30.0  # seconds for all calls of one exercise


class Unusable(Exception):
    """A function gave nothing to draw. started: somebody has written something there."""

    def __init__(self, gap: Gap, *, started: bool = True) -> None:
        super().__init__(str(gap))
        self.gap, self.started = gap, started


class Functions:
    """Calls what one student has written. Use as a context manager: leaving it ends the workers.

    gaps: what could not be used so far; one for an exercise, however often it was asked for.
    """

    def __init__(self, launcher: Launcher, submission: Submission, patience: float = _PATIENCE) -> None:
        self.launcher, self.submission, self.patience = launcher, submission, patience
        self._sessions: dict[str, Session] = {}
        self._spent: dict[str, float] = {}
        self._gaps: dict[str, Gap] = {}

    def __enter__(self) -> Functions:
        return self

    def __exit__(self, *exception: object) -> None:
        for session in self._sessions.values():
            session.__exit__(*exception)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What could not be used."""
        return tuple(self._gaps.values())

    def note(self, gap: Gap) -> None:
        """Remember what could not be used; the first reason of an exercise stays."""
        self._gaps.setdefault(gap.exercise, gap)

    def tried(self, attempt: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T | None:
        """Return what an attempt gives; where a function fails on the way, note that and return None."""
        try:
            return attempt(*arguments, **named)
        except Unusable as unusable:
            self.note(unusable.gap)
            return None

    def __call__(self, exercise_id: str, function: str, *arguments: Any, keep: int | None = None) -> Any:
        """Call a function. keep: it is a forward, whose cache is `Slot(keep)` from now on."""
        return self._some(exercise_id, function, [arguments], keep)[0]

    def many(
        self,
        exercise_id: str,
        function: str,
        calls: Sequence[tuple[Any, ...]],
        read: Callable[[Any], _T],
        *,
        keep: int | None = None,
    ) -> list[_T]:
        """Call a function with each of these arguments, and read each answer.

        A few calls first, and more at once the longer that goes well: patience may end, and so does memory.
        """
        found: list[_T] = []
        at, size = 0, 1
        while at < len(calls):
            found += map(read, self._some(exercise_id, function, calls[at : at + size], keep))
            at, size = at + size, min(2 * size, _AT_ONCE)
        return found

    def _some(
        self, exercise_id: str, function: str, calls: Sequence[tuple[Any, ...]], keep: int | None
    ) -> list[Any]:
        session = self._session(exercise_id)
        slot = None if keep is None else Slot(keep)
        started = time.monotonic()
        answers = session.call_all(function, [Call(arguments, slot) for arguments in calls])
        session.take_printed()  # nobody reads it here, and it would pile up
        spent = self._spent[exercise_id] = self._spent.get(exercise_id, 0) + time.monotonic() - started
        values = []
        for answer in answers:
            if isinstance(answer, Failure):
                begun = answer.status is not Status.NOT_STARTED
                raise Unusable(Gap(exercise_id, self._why(exercise_id, function, answer)), started=begun)
            values.append(answer.value)
        if spent > self.patience:
            why = f"Its calls took more than {self.patience:g} seconds together, which is too long for a picture."
            raise Unusable(Gap(exercise_id, why))
        return values

    def _session(self, exercise_id: str) -> Session:
        if exercise_id not in self._sessions:
            seconds = _exercise(exercise_id).seconds
            self._sessions[exercise_id] = Session(self.launcher, self.submission, exercise_id, seconds)
        return self._sessions[exercise_id]

    @staticmethod
    def _why(exercise_id: str, function: str, failure: Failure) -> str:
        finding = Finding(failure.check, failure.status, facts=failure.facts)
        lines = words.message(finding, _exercise(exercise_id), function).splitlines()
        place = lines[1].strip() if failure.check == "exception" and len(lines) > 1 else ""
        return f"{lines[0]} ({place})" if place else lines[0]


def _exercise(exercise_id: str) -> Exercise:
    try:
        return catalog.find(exercise_id)
    except UnknownExercise:  # a file of another course, or of a newer one: it can be drawn all the same
        name = exercise_id.rpartition("/")[2]
        return Exercise(name, 0, 1, (), lambda *_: None, ("", "", ""), {}, function=name, id=exercise_id)


def array(exercise_id: str, value: Any, shape: tuple[int, ...], name: str) -> Array:
    """Return what a function gave as float64 numbers of this shape; `Unusable` where it is something else."""
    if isinstance(value, (int, float, np.ndarray)):
        given = np.asarray(value)
        if given.dtype.kind in "fiub" and given.shape == shape:
            return given.astype(np.float64)
        got = (
            f"an array of shape {given.shape}" if given.dtype.kind in "fiub" else f"an array of {given.dtype}"
        )
    else:
        got = "something that is no array"
    wanted = f"an array of shape {shape}" if shape else "a number"
    why = f"It returned {got} where {name}, {wanted}, belongs. `bpkit check {exercise_id}` tells more."
    raise Unusable(Gap(exercise_id, why))


def parts(exercise_id: str, value: Any, count: int) -> list[Any]:
    """Return the values that a function gave together; `Unusable` where these are not so many."""
    if isinstance(value, (list, tuple)) and len(value) == count:
        return list(value)
    why = f"It did not return {count} values together. `bpkit check {exercise_id}` tells more."
    raise Unusable(Gap(exercise_id, why))
