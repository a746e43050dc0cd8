"""Checks of what no reference can give, such as a random mask. The spec holds them; here they are run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.judging import case
from bpkit.judging.runner import Failure, Session
from bpkit.judging.verdict import Finding, Status
from bpkit.worker.wire import Slot


class _Failed(Exception):
    """A call gave no value: the check ends with that finding."""

    def __init__(self, function: str, failure: Failure) -> None:
        super().__init__(function)
        self.function, self.failure = function, failure


def check(exercise: Exercise, session: Session) -> Iterator[tuple[str, Finding]]:
    """Run every property; yield the function's name and the finding for each that does not hold."""
    for holds in exercise.properties:
        name = getattr(holds, "__name__", "property")
        try:
            problem = holds(_Caller(exercise, session))
        except _Failed as failed:
            # What fails in a harness is the function's doing that it is there for.
            known = failed.function in {part.function for part in exercise.parts}
            function = failed.function if known else exercise.parts[0].function
            yield function, case.of_failure(failed.failure, None)
            continue
        except Exception as error:  # noqa: BLE001 - a fault of the course's is reported as one, and costs nobody points
            facts = {"property": name, "error": f"{type(error).__name__}: {error}"}
            yield exercise.parts[0].function, Finding("broken_property", Status.NOT_JUDGED, facts=facts)
            continue
        if problem is not None:
            facts = {"text": problem.message}
            yield (
                problem.part,
                Finding(name, Status.FAILED, None, problem.array, problem.mistake, facts=facts),
            )


class _Caller:
    """Calls the student's functions for a property; see `spec.Call`."""

    def __init__(self, exercise: Exercise, session: Session) -> None:
        self.session = session
        self.forwards = {part.function for part in exercise.parts if part.kind == "forward"}
        self.slots = 100  # away from those that the cases use

    def __call__(self, function: str, *arguments: Any) -> Any:
        slot = None
        if function in self.forwards:
            self.slots += 1
            slot = Slot(self.slots)
        result = self.session.call(function, arguments, keep=slot)
        if isinstance(result, Failure):
            raise _Failed(function, result)
        if slot is not None:
            return np.asarray(_number(function, result.value)), slot
        return result.value


def _number(function: str, value: Any) -> Any:
    if isinstance(value, (int, float, np.ndarray)):
        return value
    raise _Failed(
        function, Failure(Status.BAD_RETURN, "no_array", {"array": "the output", "got": str(type(value))})
    )
