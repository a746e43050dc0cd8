"""Compares a returned array with the recorded one, and says where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.judging.verdict import Compared
from bpkit.reference import trees
from bpkit.reference.trees import Array

RTOL = 1e-6  # of the array's largest expected absolute value, float64
_ROUNDING = 64 * np.finfo(np.float64).eps


class Mismatch(NamedTuple):
    """How two arrays of one shape differ."""

    where: str
    worst: tuple[int, ...]  # the index of the worst element
    expected: float
    got: float
    max_error: float  # largest difference over the largest expected absolute value
    compared: Compared


def scale_of(values: Iterable[Any]) -> float:
    """Return the largest finite absolute value of what went in, at least 1."""
    largest = 1.0
    for value in values:
        for leaf in trees.arrays(value, "").values():
            largest = max(largest, float(np.abs(leaf).max(initial=0.0, where=np.isfinite(leaf))))
    return largest


def compare(got: Array, expected: Array, scale: float, rtol: float = RTOL) -> Mismatch | None:
    """Return None where |got - expected| <= rtol * max|expected|, element by element.

    scale: of the values that went in; where the expected array is zero up to rounding, this sets the floor.
    """
    with np.errstate(all="ignore"):
        wrong, error, largest, allowed = _wrong(got, expected, scale, rtol)
        if not wrong.any():
            return None
        index = _worst(error)
        relative = float(np.nanmax(np.where(np.isfinite(error), error, np.nan), initial=0.0))
    return Mismatch(
        where=locate(wrong),
        worst=index,
        expected=float(expected[index]),
        got=float(got[index]),
        max_error=relative / largest if largest else relative,
        compared=Compared(got, expected, allowed),
    )


def _wrong(got: Array, expected: Array, scale: float, rtol: float) -> tuple[Array, Array, float, float]:
    finite = np.abs(expected[np.isfinite(expected)])
    largest = float(finite.max(initial=0.0))
    error, allowed = _errors(got, expected), max(rtol * largest, _ROUNDING * scale)
    return ~(error <= allowed), error, largest, allowed


def _errors(got: Array, expected: Array) -> Array:
    """Return |got - expected|; 0 where both are the same infinity or NaN, and NaN where only one is NaN."""
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    return np.where(same, 0.0, np.abs(got - expected))


def _worst(error: Array) -> tuple[int, ...]:
    place = np.unravel_index(int(np.argmax(np.where(np.isnan(error), np.inf, error))), error.shape)
    return tuple(int(index) for index in place)


def worst(got: Array, expected: Array) -> tuple[int, ...]:
    """Return the index of the element that is furthest off, which NaN is; () of two numbers."""
    with np.errstate(all="ignore"):
        return _worst(_errors(got, expected))


def same(got: Array, expected: Array, scale: float) -> bool:
    """Tell whether two arrays agree in shape and in value, NaN and infinity included."""
    if got.shape != expected.shape:
        return False
    with np.errstate(all="ignore"):
        return not _wrong(got, expected, scale, RTOL)[0].any()


def locate(wrong: Array) -> str:
    """Say which elements of a mask are set: "all", "row 2", "all but column 0", "one" or "13 of 35"."""
    count = int(wrong.sum())
    if count == wrong.size:
        return "all"
    if count == 1:
        return "one"
    if wrong.ndim == 2:
        rows, columns = wrong.any(axis=1), wrong.any(axis=0)
        if rows.sum() == 1:
            return f"row {int(rows.argmax())}"
        if columns.sum() == 1:
            return f"column {int(columns.argmax())}"
        for axis, name in enumerate(("row", "column")):
            right = ~wrong.any(axis=1 - axis)
            if right.sum() == 1 and count == wrong.size - wrong.shape[1 - axis] and wrong.shape[axis] > 2:
                return f"all but {name} {int(right.argmax())}"
    return f"{count} of {wrong.size}"


def floor_scale(inputs: Mapping[str, Any], upstream: tuple[Any, ...] = ()) -> float:
    """Return the scale that sets the absolute floor of what is computed from these."""
    return scale_of(inputs.values()) * scale_of(upstream)
