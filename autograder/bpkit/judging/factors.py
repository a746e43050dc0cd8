"""A wrong array is a multiple of the right one: by what, in each case, and what has that value there?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from bpkit.judging.samples import Sample
from bpkit.reference.trees import Array

_RTOL, _NEAR = 1e-6, 1e-3
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


def named(samples: list[Sample]) -> dict[str, Any] | None:
    """Return the factor: `constant` where it is the same everywhere, else `label` for what it is in each case."""
    found = _multiples(samples)
    each = [factor for _, factor in found]
    if not each or (len(each) < 2 and not _telling(found)):
        return None
    if all(_close(factor, each[0]) for factor in each):
        return {"constant": each[0]}
    for labels in (_single, _double):
        for sign in (1, -1):
            for label in labels(found[0][0]):
                if all(_close(sign * label(sample), factor) for sample, factor in found):
                    return {"label": ("-" if sign < 0 else "") + str(label), "each": each}
    return None


def unnamed(samples: list[Sample]) -> dict[str, Any] | None:
    """Return the factors, which differ from case to case and are nothing that has a name there."""
    found = _multiples(samples)
    # One number is always a multiple of another: only several say something.
    if not found or not _telling(found) or any(sample.expected.size == 1 for sample, _ in found):
        return None
    each = [factor for _, factor in found]
    # Wrong, and yet 1 as it would be written: that is no help.
    return (
        None
        if any(not _close(factor, 1.0) and abs(factor - 1) < _NEAR for factor in each)
        else {"each": each}
    )


def _multiples(samples: list[Sample]) -> list[tuple[Sample, float]]:
    """Return the samples with their factors; none where one is no multiple, or all are what they should be."""
    found = []
    for sample in samples:
        if sample.got.shape != sample.expected.shape:
            return []
        factor = _factor(sample.got, sample.expected)
        if not sample.same(sample.got, (factor or 0.0) * sample.expected):
            return []  # also where the right array is zero and this one is not
        if factor is not None:
            found.append((sample, factor))
    each = [factor for _, factor in found]
    return found if all(each) and not all(_close(factor, 1.0) for factor in each) else []


def _telling(found: list[tuple[Sample, float]]) -> bool:
    return any(int(np.count_nonzero(sample.expected)) > 1 for sample, _ in found)


def _factor(got: Array, expected: Array) -> float | None:
    # By the largest element, which rounding has harmed least.
    place = int(np.abs(expected).argmax())
    largest = float(expected.flat[place])
    return float(got.flat[place]) / largest if largest else None


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_RTOL)


class _Label:
    """A size or a number among the inputs, such as `1 / x.shape[0]`, to be looked up in each case."""

    def __init__(self, text: str, of: Callable[..., float], *terms: Term) -> None:
        self.text, self.of, self.terms = text, of, terms

    def __str__(self) -> str:
        return self.text.format(*(term.text for term in self.terms))

    def __call__(self, sample: Sample) -> float:
        try:
            return float(self.of(*(term.value(sample) for term in self.terms)))
        except (ZeroDivisionError, ValueError, OverflowError):
            return math.nan


class Term(NamedTuple):
    """Something with a name and a value: an array's size along an axis (its last "axis" is all of it), or a number."""

    text: str
    name: str
    axis: int | None

    def value(self, sample: Sample) -> float:
        """Return its value in a case; NaN where it has none."""
        if self.axis is None:
            return sample.numbers.get(self.name, math.nan)
        other = sample.others.get(self.name)
        sizes = () if other is None else (*other.shape, other.size)
        return float(sizes[self.axis]) if -len(sizes) <= self.axis < len(sizes) else math.nan


def _sizes(sample: Sample) -> list[Term]:
    found = []
    for name, array in sample.others.items():
        if array.ndim:
            found += [Term(f"{name}.shape[{axis}]", name, axis) for axis in range(array.ndim)]
            found.append(Term(f"{name}.size", name, -1))
    return found


def _single(sample: Sample) -> Iterator[_Label]:
    """Yield what may explain factors that differ: sizes of arrays first, then the numbers that were given."""
    for text, of in _SIZES:
        yield from (_Label(text, of, size) for size in _sizes(sample))
    for text, of in _NUMBERS:
        yield from (_Label(text, of, Term(name, name, None)) for name in sample.numbers)


def _double(sample: Sample) -> Iterator[_Label]:
    """Yield two at once: a size by a number, as where both 1/N and the upstream gradient were forgotten, or by a size."""
    sizes = _sizes(sample)
    for size in sizes:
        for name in sample.numbers:
            number = Term(name, name, None)
            yield _Label("{} / {}", lambda n, p: n / p, size, number)
            yield _Label("1 / ({} · {})", lambda n, p: 1 / (n * p), size, number)
    for one in sizes:
        for other in sizes:
            yield _Label("{} / {}", lambda n, m: n / m, one, other)
