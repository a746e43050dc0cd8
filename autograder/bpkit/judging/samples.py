"""A wrong array beside the right one, case by case, with everything else that has a name there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.judging import values
from bpkit.judging.diagnose import Observed
from bpkit.reference import trees
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array


class Sample(NamedTuple):
    """One array in one case.

    others: everything else that has a name there: inputs, upstream gradients, outputs, right gradients.
    right: those of them that are what another array should be.
    numbers: the plain numbers among them.
    follows: how it goes with its upstream gradient; see `Observed`.
    """

    got: Array
    expected: Array
    scale: float
    others: Mapping[str, Array]
    right: frozenset[str]
    numbers: Mapping[str, float]
    follows: str

    def same(self, array: Array, other: Array) -> bool:
        """Tell whether two arrays are equal up to rounding."""
        return values.same(array, other, self.scale)


def collect(
    name: str,
    exercise: Exercise,
    recordings: tuple[Recording, ...],
    observed: Mapping[tuple[int, str], Observed],
) -> list[Sample]:
    """Return an array's samples, one a case; none where one case gave no numbers to compare."""
    found: list[Sample] = []
    for index, recording in enumerate(recordings):
        seen = observed.get((index, name))
        if seen is None or not recording.case.compare:
            continue
        if seen.array is None or not np.isfinite(seen.array).all():
            return []  # what holds for the other cases need not hold here
        right = _leaves(recording.outputs) | _leaves(recording.gradients)
        given = _leaves(recording.inputs) | _leaves(
            dict(zip(exercise.upstream, recording.upstream, strict=False))
        )
        # An optimizer returns what has the name of what it was given.
        given = {
            f"the {leaf} that was given" if leaf in right else leaf: array for leaf, array in given.items()
        }
        expected = right.pop(name).astype(np.float64)
        others = given | right
        numbers = {leaf: float(array) for leaf, array in others.items() if array.ndim == 0}
        scale = values.floor_scale(recording.inputs, recording.upstream)
        found.append(Sample(seen.array, expected, scale, others, frozenset(right), numbers, seen.follows))
    return found


def _leaves(trees_by_name: Mapping[str, Any]) -> dict[str, Array]:
    return {
        leaf: np.asarray(value)
        for root, tree in trees_by_name.items()
        for leaf, value in trees.leaves(tree, root)
        if isinstance(value, (np.ndarray, int, float)) and not isinstance(value, bool)
    }
