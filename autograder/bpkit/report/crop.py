"""Cuts a wrong array, and the right one beside it, down to what a page can show."""

from __future__ import annotations

import math
from typing import Any

from bpkit.judging import values
from bpkit.judging.verdict import Compared

MOST = 32  # rows, and columns


def shown(compared: Compared) -> dict[str, Any]:
    """Return both arrays as nested lists, with the element that is furthest off among what is shown.

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
    offset = [_start(at, size) for at, size in zip(worst[len(leading) :], sizes, strict=True)]
    cut: Any = (*leading, *(slice(start, start + MOST) for start in offset))
    found: dict[str, Any] = {"shape": list(compared.returned.shape)}
    if leading:
        found["slice"] = list(leading)
    if any(size > MOST for size in sizes):
        found["offset"] = offset
    return found | {
        "returned": _plain(compared.returned[cut].tolist()),
        "expected": _plain(compared.expected[cut].tolist()),
        "tolerance": compared.tolerance,
    }


def _start(worst: int, size: int) -> int:
    """Return where a window begins that has the worst element in its middle, as far as the axis reaches."""
    return max(0, min(worst - MOST // 2, size - MOST))


def _plain(nested: Any) -> Any:
    if isinstance(nested, list):
        return [_plain(item) for item in nested]
    return nested if math.isfinite(nested) else str(nested)
