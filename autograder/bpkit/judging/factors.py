"""A wrong array is a multiple of the right one: by what, in each case, and what has that value there?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from bpkit.judging.samples import Sample
from bpkit.reference.trees import Array

_RTOL = 1e-6
# How a name may enter: the text around it, and the value.
_SIZES = (
    ("{}", lambda n: n),
    ("1 / {}", lambda n: 1 / n),
    ("{}²", lambda n: n * n),
    ("1 / {}²", lambda n: 1 / n**2),
    ("√{}", math.sqrt),
    ("1 / √{}", lambda n: 1 / math.sqrt(n)),
    ("2 · {}", lambda n: 2 * n),
    ("2 / {}", lambda n: 2 / n),
    ("{} / 2", lambda n: n / 2),
)
_NUMBERS = (
    ("{}", lambda p: p),
    ("1 / {}", lambda p: 1 / p),
    ("(1 - {})", lambda p: 1 - p),
    ("1 / (1 - {})", lambda p: 1 / (1 - p)),
    ("{}²", lambda p: p * p),
    ("2 · {}", lambda p: 2 * p),
)


def find(samples: list[Sample]) -> dict[str, Any] | None:
    """Return the factor: `constant` where it is the same everywhere, else `label` for what it is in each case.

    Neither where it differs from case to case and nothing named explains it; `each` is then all there is to say.
    """
    found = []
    telling = False  # one number is always a multiple of another; only several say something
    for sample in samples:
        if sample.got.shape != sample.expected.shape:
            return None
        factor = _factor(sample.got, sample.expected)
        if factor is None:
            continue  # the right array is zero here
        if not sample.same(sample.got, factor * sample.expected):
            return None
        found.append((sample, factor))
        telling = telling or int(np.count_nonzero(sample.expected)) > 1
    each = [factor for _, factor in found]
    if not each or (len(each) < 2 and not telling) or not all(each):
        return None
    if all(_close(factor, each[0]) for factor in each):
        return {"constant": each[0]}
    for sign in (1, -1):
        for label in _common_labels(found):
            if all(_close(sign * label(sample), factor) for sample, factor in found):
                return {"label": ("-" if sign < 0 else "") + str(label), "each": each}
    return {"each": each} if telling and all(s.expected.size > 1 for s, _ in found) else None


def _factor(got: Array, expected: Array) -> float | None:
    # By the largest element, which rounding has harmed least.
    place = int(np.abs(expected).argmax())
    largest = float(expected.flat[place])
    return float(got.flat[place]) / largest if largest else None


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_RTOL)


class _Label:
    """A size or a number among the inputs, such as `1 / x.shape[0]`, to be looked up in each case."""

    def __init__(self, text: str, of: Any, name: str, axis: int | None) -> None:
        self.text, self.of, self.name, self.axis = text, of, name, axis

    def __str__(self) -> str:
        return self.text

    def __call__(self, sample: Sample) -> float:
        if self.axis is None:
            value = sample.numbers.get(self.name, math.nan)
        else:
            other = sample.others.get(self.name)
            sizes = () if other is None else (*other.shape, other.size)
            value = float(sizes[self.axis]) if -len(sizes) <= self.axis < len(sizes) else math.nan
        try:
            return float(self.of(value))
        except (ZeroDivisionError, ValueError, OverflowError):
            return math.nan


def _common_labels(found: list[tuple[Sample, float]]) -> Iterator[_Label]:
    """Yield what may explain factors that differ: sizes of arrays first, then the numbers that were given."""
    sample = found[0][0]
    sized: Mapping[str, Array] = {name: array for name, array in sample.others.items() if array.ndim}
    for text, of in _SIZES:
        for name, array in sized.items():
            for axis in range(array.ndim):
                yield _Label(text.format(f"{name}.shape[{axis}]"), of, name, axis)
            yield _Label(text.format(f"{name}.size"), of, name, -1)
    for text, of in _NUMBERS:
        for name in sample.numbers:
            yield _Label(text.format(name), of, name, None)
