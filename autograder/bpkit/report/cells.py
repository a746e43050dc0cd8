"""The elements of a wrong array beside the right ones, in rows: what every picture of it is made from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """One element. error: |returned - expected|; weight: the error from 0 to 1, the largest one being 1."""

    place: tuple[int, ...]
    returned: float
    expected: float
    error: float
    wrong: bool
    weight: float


def grid(arrays: Mapping[str, Any]) -> list[list[Cell]]:
    """Return what `crop.shown` made of two arrays as rows of cells: one row of a vector, one cell of a scalar.

    Indices are those in the whole array.
    """
    returned, expected = _rows(arrays["returned"]), _rows(arrays["expected"])
    axes = min(len(arrays["shape"]), 2)
    offset = arrays.get("offset") or [0] * axes
    places = list(product(range(len(returned)), range(len(returned[0]))))
    errors = {(row, column): _error(returned[row][column], expected[row][column]) for row, column in places}
    largest = max((error for error in errors.values() if math.isfinite(error)), default=0.0)

    def cell(row: int, column: int) -> Cell:
        error = errors[row, column]
        place = (row, column)[2 - axes :]
        return Cell(
            (*arrays.get("slice", ()), *(at + start for at, start in zip(place, offset, strict=True))),
            returned[row][column],
            expected[row][column],
            error,
            not error <= arrays.get("tolerance", 0.0),
            1.0 if not math.isfinite(error) else error / largest if largest else 0.0,
        )

    return [[cell(row, column) for column in range(len(returned[0]))] for row in range(len(returned))]


def worst_of(cells: list[Cell]) -> Cell:
    """Return the one that is furthest off, which NaN is."""
    return max(cells, key=lambda cell: math.inf if math.isnan(cell.error) else cell.error)


def part(arrays: Mapping[str, Any], name: str) -> str:
    """Return what is shown of an array, as Python writes it: "dW[2, 8:40, :]"."""
    rows, columns = len(_rows(arrays["returned"])), len(_rows(arrays["returned"])[0])
    sizes = (rows, columns)[-min(len(arrays["shape"]), 2) :]
    windows = [":"] * len(sizes)
    if "offset" in arrays:
        windows = [
            ":" if size == whole else f"{start}:{start + size}"
            for start, size, whole in zip(
                arrays["offset"], sizes, arrays["shape"][-len(sizes) :], strict=True
            )
        ]
    return f"{name}[{', '.join([*map(str, arrays.get('slice', ())), *windows])}]"


def _rows(nested: Any) -> list[list[float]]:
    """Return a scalar, a vector or a matrix as rows; words become the numbers that JSON has not."""
    if not isinstance(nested, list):
        return [[float(nested)]]
    if not isinstance(nested[0], list):
        return [[float(value) for value in nested]]
    return [[float(value) for value in row] for row in nested]


def _error(returned: float, expected: float) -> float:
    if returned == expected or (math.isnan(returned) and math.isnan(expected)):
        return 0.0
    return abs(returned - expected)
