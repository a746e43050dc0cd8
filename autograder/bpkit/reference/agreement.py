"""How far two packs are apart: the same references from two devices, or from two versions of PyTorch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.course.spec import Exercise, Seed
from bpkit.errors import BadPack
from bpkit.reference import trees
from bpkit.reference.pack import Pack, Recording

AGREE = 1e-9  # of an array's largest value: devices sum in another order, and nothing else may differ
_FLOOR = 1e-5  # of the largest number that went in: what cancels to zero is rounding, and is measured by this
_INPUT = "input "


class Difference(NamedTuple):
    """How far an array is from the other one, as a share of its largest value; infinite where there is no comparing."""

    case: str
    array: str
    share: float


def require_seed(pack: Pack, seed: int) -> None:
    """Raise `BadPack` where a pack is about other inputs than those of this seed."""
    if pack.origin.seed != seed:
        raise BadPack(
            f"The pack {pack.path} is about other inputs: its seed is {pack.origin.seed}. "
            f"Record with --seed {pack.origin.seed} to compare with it."
        )


def of_packs(pack: Pack, other: Pack, exercise: Exercise) -> Iterator[Difference]:
    """Yield a difference for each array of an exercise.

    `BadPack` where one of the two lacks the exercise, or has another version of it.
    """
    for ours, theirs in zip(pack.load(exercise), other.load(exercise), strict=True):
        yield from of_recordings(ours, theirs)


def of_recordings(ours: Recording, theirs: Recording) -> Iterator[Difference]:
    """Yield a difference for each input, upstream gradient, output and gradient of a case."""
    mine, others = _arrays(ours), _arrays(theirs)
    scale = max([1.0, *(_largest(value) for name, value in others.items() if name.startswith(_INPUT))])
    for name in sorted(mine.keys() | others.keys()):
        both = name in mine and name in others
        yield Difference(
            ours.case.name, name, _share(mine[name], others[name], _FLOOR * scale) if both else math.inf
        )


def _arrays(recording: Recording) -> dict[str, Any]:
    """Return everything but the known mistakes, by name. An input and an output may share one: they are kept apart."""
    kinds: tuple[tuple[str, Mapping[str, Any]], ...] = (
        (_INPUT, recording.inputs),
        ("upstream gradient ", {str(number): value for number, value in enumerate(recording.upstream)}),
        ("", recording.outputs),
        ("", recording.gradients),
    )
    return {
        f"{kind}{leaf}": value
        for kind, tree in kinds
        for name, branch in tree.items()
        for leaf, value in trees.leaves(branch, name)
    }


def _share(ours: Any, theirs: Any, floor: float) -> float:
    if isinstance(ours, (Seed, str)) or ours is None:
        return 0.0 if ours == theirs else math.inf
    one, two = np.asarray(ours), np.asarray(theirs)
    if one.shape != two.shape or one.dtype.kind != two.dtype.kind:
        return math.inf
    off = (one != two) & ~((one != one) & (two != two))  # noqa: PLR0124 - NaN is NaN's equal here
    if not off.any():
        return 0.0
    if one.dtype.kind != "f" or not np.isfinite([one[off], two[off]]).all():
        return math.inf
    return float(np.abs(one[off] - two[off]).max() / max(_largest(two), floor))


def _largest(value: Any) -> float:
    if isinstance(value, (Seed, str)) or value is None:
        return 0.0
    array = np.asarray(value)
    return float(np.abs(array[np.isfinite(array)]).max(initial=0.0)) if array.dtype.kind == "f" else 0.0
