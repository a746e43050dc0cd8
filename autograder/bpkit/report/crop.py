"""Cuts a wrong array, and the right one beside it, down to what a page or a terminal can show."""

from __future__ import annotations

import math
from typing import Any

from bpkit.judging import values
from bpkit.judging.verdict import Compared

MOST = 32  # rows, and columns, of a page


def shown(compared: Compared, rows: int = MOST, columns: int = MOST) -> dict[str, Any]:
    """Return both arrays as nested lists, with the element that is furthest off among what is shown.

    rows, columns: how many of them at most.

    shape: of the whole array.
    slice: where there are more than two axes, the indices along all but the last two; they hold the worst element.
    offset: where rows or columns are left out, the index of the first that is shown, for each axis shown.
    returned, expected: nested lists; a number by itself for a scalar. NaN and infinities are "nan", "inf", "-inf",
        since JSON has no such numbers.
    tolerance: an element is wrong where the two are further apart than this.
    """
    worst = values.worst(compared.returned, compared.expected)
    leading = worst[:-2]
    sizes = compared.returned.shape[len(leading) :]
    most = (rows, columns)[2 - len(sizes) :]
    offset = [_start(*axis) for axis in zip(worst[len(leading) :], sizes, most, strict=True)]
    cut: Any = (*leading, *(slice(start, start + length) for start, length in zip(offset, most, strict=True)))
    found: dict[str, Any] = {"shape": list(compared.returned.shape)}
    if leading:
        found["slice"] = list(leading)
    if any(size > length for size, length in zip(sizes, most, strict=True)):
        found["offset"] = offset
    return found | {
        "returned": _plain(compared.returned[cut].tolist()),
        "expected": _plain(compared.expected[cut].tolist()),
        "tolerance": compared.tolerance,
    }


def _start(worst: int, size: int, most: int) -> int:
    """Return where a window begins that has the worst element in its middle, as far as the axis reaches."""
    return max(0, min(worst - most // 2, size - most))


def _plain(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_plain(item) for item in nested]
    return nested if math.isfinite(nested) else str(nested)
