"""How does a wrong array differ from the right one, where it is no known mistake? Facts, no guesses.

A signature is a relation that holds in every case that was run: minus the right array, N times it, its transpose.
Each relation is a function of one array's samples; it returns what there is to say, or None where it does not hold.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.course.spec import Exercise
from bpkit.judging import factors, values
from bpkit.judging.diagnose import Observed
from bpkit.judging.samples import Sample, collect
from bpkit.reference.pack import Recording
from bpkit.reference.trees import Array

Facts = dict[str, Any]
_MAX_AXES = 4
_LITTLE = 1e-3  # of an array's largest entry: more than rounding, less than any mistake in the mathematics


class Signature(NamedTuple):
    """How an array is wrong: the kind, such as "transposed", and the facts for its sentence."""

    kind: str
    facts: Mapping[str, Any]


def find(
    name: str,
    exercise: Exercise,
    recordings: tuple[Recording, ...],
    observed: Mapping[tuple[int, str], Observed],
) -> Signature | None:
    """Return the signature of a wrong array, or None where there is nothing that can be said for sure."""
    samples = collect(name, exercise, recordings, observed)
    if not samples or any(not sample.got.size for sample in samples):
        return None
    if all(_negligible(sample.expected, sample.scale) for sample in samples):
        return None  # beside zeros, everything and nothing is a multiple
    blocks = exercise.blocks.get(name, ())
    relations: list[tuple[str, Callable[[list[Sample]], Facts | None]]] = [
        ("zero", _zero),
        ("reshaped", _reshaped),
        ("factor", factors.named),
        ("blocks", lambda found: _blocks(found, blocks)),
        ("transposed", _transposed),
        ("not_summed", _not_summed),
        ("wrong_axis", _wrong_axis),
        ("summed", _summed),
        ("is_other", _is_other),
        ("ignores_upstream", lambda found: {} if all(s.follows == "not at all" for s in found) else None),
        ("bent", lambda found: {} if any(s.follows == "otherwise" for s in found) else None),
        ("signs", _signs),
        ("shifted", _shifted),
        ("gaps", _gaps),
        ("close", _nearly),
        ("factor", factors.unnamed),
    ]
    scalar = all(sample.expected.ndim == 0 for sample in samples)
    with np.errstate(all="ignore"):  # a wrong array may be as large as it likes
        for kind, relation in relations:
            facts = relation(samples)
            if facts is not None:
                return Signature(kind, {**facts, "scalar": scalar})
    return None


def _negligible(array: Array, scale: float) -> bool:
    return values.same(array, np.zeros(array.shape), scale)


def _zero(samples: list[Sample]) -> Facts | None:
    return {} if all(not sample.got.any() for sample in samples) else None


def _reshaped(samples: list[Sample]) -> Facts | None:
    """Tell whether it has the right numbers, in another shape."""
    for sample in samples:
        if sample.got.size != sample.expected.size:
            return None
        if not sample.same(sample.got.reshape(sample.expected.shape), sample.expected):
            return None
    return {}


def _transposed(samples: list[Sample]) -> Facts | None:
    if all(sample.same(sample.got.T, sample.expected) for sample in samples):
        return {"order": None}
    axes = {sample.got.ndim for sample in samples} | {sample.expected.ndim for sample in samples}
    if len(axes) > 1 or not 2 < max(axes) <= _MAX_AXES:
        return None
    for order in itertools.permutations(range(max(axes))):
        if all(sample.same(sample.got.transpose(order), sample.expected) for sample in samples):
            return {"order": order}
    return None


def _axes(count: int) -> Iterator[tuple[int, ...]]:
    for several in range(1, min(count, _MAX_AXES) + 1):
        yield from itertools.combinations(range(count), several)


def _not_summed(samples: list[Sample]) -> Facts | None:
    """Return the axes along which it should have been added up, or averaged."""
    if any(sample.got.shape == sample.expected.shape for sample in samples):
        return None
    for mean, axes in itertools.product((False, True), _axes(max(sample.got.ndim for sample in samples))):
        if all(
            max(axes) < sample.got.ndim and _sums_to(sample, sample.got, sample.expected, axes, mean=mean)
            for sample in samples
        ):
            return {"axes": axes, "mean": mean}
    return None


def _summed(samples: list[Sample]) -> Facts | None:
    """Return the axes along which it should not have been added up; None for all of them."""
    if any(sample.got.shape == sample.expected.shape for sample in samples):
        return None
    if all(
        sample.got.size == 1 and sample.same(sample.got.reshape(()), sample.expected.sum())
        for sample in samples
    ):
        return {"axes": None}
    for axes in _axes(max(sample.expected.ndim for sample in samples)):
        if all(
            max(axes) < sample.expected.ndim and _sums_to(sample, sample.expected, sample.got, axes)
            for sample in samples
        ):
            return {"axes": axes}
    return None


def _sums_to(
    sample: Sample, array: Array, total: Array, axes: tuple[int, ...], *, mean: bool = False
) -> bool:
    summed = array.mean(axis=axes) if mean else array.sum(axis=axes)
    return summed.size == total.size and sample.same(summed.reshape(total.shape), total)


def _wrong_axis(samples: list[Sample]) -> Facts | None:
    """Return the array of which both this one and the right one are sums, along different axes."""
    for other in _common(samples):
        count = max(sample.others[other].ndim for sample in samples)
        for right, wrong in itertools.permutations([*_axes(count)], 2):
            if all(
                max(right + wrong) < sample.others[other].ndim
                and _sums_to(sample, sample.others[other], sample.expected, right)
                and _sums_to(sample, sample.others[other], sample.got, wrong)
                for sample in samples
            ):
                return {"of": other, "right": right, "axes": wrong}
    return None


def _is_other(samples: list[Sample]) -> Facts | None:
    """Return the name of what it is instead."""
    for other in _common(samples):
        if samples[0].others[other].size < 2 or _negligible(samples[0].others[other], samples[0].scale):
            continue  # two numbers may be equal by chance
        if all(sample.same(sample.got, sample.others[other]) for sample in samples):
            return {"other": other, "expected": other in samples[0].right}
    return None


def _common(samples: list[Sample]) -> list[str]:
    return [name for name in samples[0].others if all(name in sample.others for sample in samples)]


def _blocks(samples: list[Sample], names: tuple[str, ...]) -> Facts | None:
    """Return the order in which its blocks stand, such as an LSTM's gates, where it is another."""
    count = len(names)
    if count < 2 or any(
        sample.got.shape != sample.expected.shape or sample.got.ndim == 0 or sample.got.shape[-1] % count
        for sample in samples
    ):
        return None
    split = [(s, np.split(s.got, count, axis=-1), np.split(s.expected, count, axis=-1)) for s in samples]
    order = []
    for place in range(count):
        fitting = [
            source
            for source in range(count)
            if all(sample.same(got[place], expected[source]) for sample, got, expected in split)
        ]
        if len(fitting) != 1:
            return None
        order.append(fitting[0])
    if sorted(order) != list(range(count)) or order == sorted(order):
        return None
    return {"order": [names[source] for source in order], "names": list(names)}


def _signs(samples: list[Sample]) -> Facts | None:
    return {} if all(s.same(np.abs(s.got), np.abs(s.expected)) for s in samples) else None


def _shifted(samples: list[Sample]) -> Facts | None:
    """Tell whether everything is too large by one amount, and by which where that is the same in every case."""
    by = []
    for sample in samples:
        if sample.got.shape != sample.expected.shape or sample.got.size < 3:
            return None
        difference = float((sample.got - sample.expected).mean())
        if not sample.same(sample.got, sample.expected + difference):
            return None
        by.append(difference)
    return {"by": by[0] if np.allclose(by, by[0], rtol=1e-6, atol=0) else None}


def _gaps(samples: list[Sample]) -> Facts | None:
    """Tell whether it is zero wherever it is wrong, and right elsewhere. A number has no elsewhere."""
    right = 0
    for sample in samples:
        if sample.got.shape != sample.expected.shape or sample.got.ndim == 0:
            return None
        filled = sample.got != 0
        if not sample.same(sample.got, np.where(filled, sample.expected, 0.0)):
            return None
        right += int(filled.sum())
    return {} if right else None


def _nearly(samples: list[Sample]) -> Facts | None:
    """Tell by how much it is off, over the largest entry, where that is little."""
    off = 0.0
    for sample in samples:
        if sample.got.shape != sample.expected.shape:
            return None
        largest = float(np.abs(sample.expected).max(initial=0.0)) or 1.0
        off = max(off, float(np.abs(sample.got - sample.expected).max(initial=0.0)) / largest)
    return {"off": off} if off < _LITTLE else None
