"""What is left of a wrong array for a page to show."""

import json

import numpy as np
import pytest

from bpkit.judging.verdict import Compared
from bpkit.report import crop


def beside(shape, worst, by=1.0):
    """Return an array that counts up, wrong at one index by this, beside the right one."""
    expected = np.arange(np.prod(shape, dtype=int), dtype=float).reshape(shape)
    returned = expected.copy()
    returned[worst] += by
    return Compared(returned, expected, 1e-6)


def test_a_small_matrix_is_whole():
    """What fits is shown as it is, and says nothing of slices."""
    assert crop.shown(beside((2, 3), (1, 1), 0.5)) == {
        "shape": [2, 3],
        "returned": [[0.0, 1.0, 2.0], [3.0, 4.5, 5.0]],
        "expected": [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]],
        "tolerance": 1e-6,
    }


def test_a_scalar_is_a_number():
    """A number by itself, as a loss is."""
    found = crop.shown(beside((), (), 0.5))
    assert (found["shape"], found["returned"], found["expected"]) == ([], 0.5, 0.0)


def test_of_more_axes_the_worst_slice():
    """The rows and columns that hold the worst element, and where they are."""
    compared = beside((2, 3, 5, 7), (1, 2, 4, 0))
    compared.returned[0, 0, 0, 0] += 0.5
    found = crop.shown(compared)
    assert (found["shape"], found["slice"]) == ([2, 3, 5, 7], [1, 2])
    assert found["expected"] == compared.expected[1, 2].tolist()
    assert "offset" not in found


@pytest.mark.parametrize(
    ("shape", "worst", "offset", "size"),
    [
        ((100, 200), (0, 0), [0, 0], (32, 32)),
        ((100, 200), (50, 150), [34, 134], (32, 32)),
        ((100, 200), (99, 199), [68, 168], (32, 32)),
        ((5, 33), (2, 32), [0, 1], (5, 32)),
        ((2, 40, 3), (1, 39, 2), [8, 0], (32, 3)),
        ((100,), (99,), [68], (32,)),
    ],
)
def test_a_window_holds_the_worst(shape, worst, offset, size):
    """At most 32 rows and columns, none of them made up, and the worst element among them."""
    found = crop.shown(beside(shape, worst))
    returned, expected = np.array(found["returned"]), np.array(found["expected"])
    assert (found["offset"], returned.shape, expected.shape) == (offset, size, size)
    place = tuple(at - start for at, start in zip(worst[-len(size) :], offset, strict=True))
    assert np.argwhere(returned != expected).tolist() == [list(place)]


@pytest.mark.parametrize("shape", [(32, 32), (32,), (1, 32)])
def test_what_just_fits_is_not_cut(shape):
    """32 rows and columns are shown."""
    assert "offset" not in crop.shown(beside(shape, (0,) * len(shape)))


def test_what_is_not_finite_is_a_word():
    """JSON has no NaN; and NaN is further off than any number."""
    expected = np.array([1.0, 2.0, np.inf, 3.0])
    found = crop.shown(Compared(np.array([1e300, -np.inf, np.inf, np.nan]), expected))
    assert found["returned"] == [1e300, "-inf", "inf", "nan"]
    assert found["expected"] == [1.0, 2.0, "inf", 3.0]
    json.dumps(found, allow_nan=False)
    large = beside((100,), (7,), 1e9)
    large.returned[80] = np.nan
    assert crop.shown(large)["offset"] == [64]


def test_equal_when_bits_are():
    """Findings are compared in tests and may be kept in sets: arrays do not get in the way."""
    some = beside((2, 3), (1, 1))
    assert some == beside((2, 3), (1, 1))
    assert hash(some) == hash(beside((2, 3), (1, 1)))
    assert some != beside((2, 3), (1, 2))
    assert some != beside((3, 2), (1, 1))
    assert some != (some.returned, some.expected, some.tolerance)
    assert some != some._replace(tolerance=1e-5)
