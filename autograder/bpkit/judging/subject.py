"""A student's pair as the finite-difference check wants it, and what is expected of the two functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.judging import contract
from bpkit.judging.runner import Call, Failure, Returned, Session
from bpkit.reference import inputs, trees
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array
from bpkit.worker.wire import Slot

_PROBE_A, _PROBE_B = Slot(2), Slot(3)

# A failure, and the array that it concerns.
Refused = tuple[Failure, str | None]


def refusal(result: Returned | Failure, expected: Mapping[str, Any]) -> Refused | None:
    """Say how a backward failed for an upstream gradient that is not the recorded one; None where it answered.

    A gradient that is there for the recorded one and for no other was written down, not derived.
    """
    leaves = result if isinstance(result, Failure) else contract.match(result.value, expected)
    if isinstance(leaves, Failure):
        return leaves, None
    return next(((leaf.failure, leaf.name) for leaf in leaves if leaf.failure is not None), None)


class Pair:
    """The student's pair as the finite-difference check wants it: only the differentiable inputs vary."""

    def __init__(
        self, exercise: Exercise, session: Session, recording: Recording, recorded: Mapping[str, Array]
    ) -> None:
        self.exercise, self.session, self.recording, self.recorded = exercise, session, recording, recorded
        self.functions = tuple(part.function for part in exercise.parts)
        self.scratch, self.held = _PROBE_A, _PROBE_B
        self.last: Mapping[str, Array] = {}  # where the forward was last run
        self.at_recorded = False  # whether the cache that is held is that of the recorded inputs
        self.refused: Refused | None = None

    def forwards(self, points: Sequence[Mapping[str, Array]]) -> list[tuple[Array, ...] | None]:
        """Return the outputs at each of these points, None where there are none; the last one's cache can be held."""
        self.last = points[-1]
        calls = []
        for point in points:
            change = {name: inputs.plain(array) for name, array in point.items()}
            arguments = tuple(
                trees.replace(tree, name, change) for name, tree in self.recording.inputs.items()
            )
            calls.append(Call(arguments, self.scratch))
        expected = outputs(self.exercise, self.recording)
        # Of several outputs only those count that the backward is given the gradient of.
        counts = [name in (self.exercise.upstream_of or expected) for name in expected]
        return [
            found and tuple(array for array, counted in zip(found, counts, strict=True) if counted)
            for result in self.session.call_all(self.functions[0], calls)
            for found in [self._arrays(result, expected)]
        ]

    def hold(self) -> None:
        """Keep the cache of the last forward for the backwards to come."""
        self.scratch, self.held = self.held, self.scratch
        self.at_recorded = self.last is self.recorded

    def backward(self, upstream: tuple[Array, ...]) -> Mapping[str, Array] | None:
        """Return the gradients, by input; None where there are none."""
        up = given(tuple(inputs.plain(np.asarray(array)) for array in upstream))
        result = self.session.call(self.functions[1], (up, self.held))
        expected = gradients(self.exercise, self.recording)
        if self.at_recorded and self.refused is None:
            self.refused = refusal(result, expected)
        found = self._arrays(result, expected)
        if found is None:
            return None
        names = [
            leaf
            for name in self.exercise.gradients_of
            for leaf in trees.arrays(self.recording.inputs[name], name)
        ]
        return dict(zip(names, found, strict=True))

    @staticmethod
    def _arrays(result: Any, expected: Mapping[str, Any]) -> tuple[Array, ...] | None:
        if isinstance(result, Failure):
            return None
        leaves = contract.match(result.value, expected)
        if isinstance(leaves, Failure):
            return None
        found = tuple(
            leaf.got for leaf in leaves if leaf.got is not None and leaf.got.shape == leaf.expected.shape
        )
        return found if len(found) == len(leaves) else None


def outputs(exercise: Exercise, recording: Recording) -> Mapping[str, Any]:
    """Return what the forward returns; where nothing was recorded, something of the right shape."""
    if recording.case.compare:
        return recording.outputs
    return {
        name: np.zeros(np.shape(up)) for name, up in zip(exercise.returns, recording.upstream, strict=True)
    }


def gradients(exercise: Exercise, recording: Recording) -> Mapping[str, Any]:
    """Return what the backward returns; where nothing was recorded, the inputs, which have the same shapes."""
    if recording.case.compare:
        return recording.gradients
    names = exercise.parts[1].returns
    return {name: recording.inputs[source] for source, name in zip(exercise.gradients_of, names, strict=True)}


def gradient_leaf(exercise: Exercise, source: str) -> str:
    """Return the name of the gradient of an input's leaf: `params[0][1]` -> `grads[0][1]`."""
    root, bracket, path = source.partition("[")
    name = exercise.parts[1].returns[exercise.gradients_of.index(root)]
    return f"{name}{bracket}{path}"


def given(upstream: tuple[Any, ...]) -> Any:
    """Return the backward's first argument: one upstream gradient by itself, several as a tuple."""
    return upstream[0] if len(upstream) == 1 else upstream
