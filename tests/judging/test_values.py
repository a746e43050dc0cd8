"""Comparing arrays: the tolerance, its floor, and the words for where they differ."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from bpkit.judging import values

EXPECTED = np.array([[1.0, -2.0, 4.0], [0.5, 0.0, -1e-9]])
numbers = st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf])
matrices = hnp.arrays(np.float64, (2, 3), elements=numbers)


def off_by(amount, index=(0, 1)):
    """Return the expected array with one element off by this."""
    got = EXPECTED.copy()
    got[index] += amount
    return got


@pytest.mark.parametrize("index", [(0, 0), (0, 2), (1, 1), (1, 2)])
def test_the_tolerance_is_of_the_largest_element(index):
    """A millionth of the largest expected value is allowed, at every element; more is not."""
    assert values.compare(off_by(3.9e-6, index), EXPECTED, 1.0) is None
    assert values.compare(off_by(-3.9e-6, index), EXPECTED, 1.0) is None
    assert values.compare(off_by(4.1e-6, index), EXPECTED, 1.0) is not None
    assert values.compare(off_by(-4.1e-6, index), EXPECTED, 1.0) is not None


@pytest.mark.parametrize("size", [1e-300, 1e-6, 1.0, 1e9, 1e300])
def test_the_tolerance_scales_with_the_array(size):
    """Arrays of any size are compared in proportion, as long as they stand out from rounding."""
    expected, floor = size * EXPECTED, min(size, 1.0) * 1e-3
    assert values.compare(expected * (1 + 0.9e-6), expected, floor) is None
    assert values.compare(expected * (1 + 1.1e-6), expected, floor) is not None


def test_a_tolerance_can_be_told():
    """Another relative tolerance takes the usual one's place."""
    assert values.compare(off_by(3.9e-5), EXPECTED, 1.0, rtol=1e-5) is None
    assert values.compare(off_by(4.1e-5), EXPECTED, 1.0, rtol=1e-5) is not None


def test_a_mismatch_holds_both_arrays():
    """The arrays come with the tolerance: an element is wrong where they are further apart."""
    got = off_by(0.5)
    compared = values.compare(got, EXPECTED, 1.0).compared
    assert compared.returned is got
    assert compared.expected is EXPECTED
    assert compared.tolerance == 4e-6
    assert values.compare(got, EXPECTED, 1.0, rtol=1e-5).compared.tolerance == pytest.approx(4e-5)


@given(matrices, matrices)
def test_the_worst_element_is_the_mismatchs(got, expected):
    """One rule says which element is furthest off."""
    mismatch = values.compare(got, expected, 1.0)
    assert mismatch is None or mismatch.worst == values.worst(got, expected)


def test_zero_is_zero_up_to_rounding():
    """Where zero is expected, rounding of what went in is allowed, and no more."""
    zero = np.zeros(3)
    assert values.compare(zero + 1e-14, zero, 1.0) is None
    assert values.compare(zero + 1e-13, zero, 1.0) is not None
    assert values.compare(zero + 1e-12, zero, 100.0) is None
    assert values.compare(zero + 1e-11, zero, 100.0) is not None


def test_the_mismatch_tells_the_worst_element():
    """Index, values and error are those of the element that is furthest off."""
    got = off_by(0.5)
    got[1, 2] += 1.0
    found = values.compare(got, EXPECTED, 1.0)
    assert (found.worst, found.where) == ((1, 2), "2 of 6")
    assert (found.expected, found.got) == (-1e-9, pytest.approx(1.0))
    assert found.max_error == pytest.approx(0.25)


def test_an_error_where_zero_is_expected_is_absolute():
    """Without anything to compare with, the error is told as it is."""
    assert values.compare(np.array([0.0, 0.5]), np.zeros(2), 1.0).max_error == 0.5


def test_a_scalar_has_an_index_too():
    """Arrays without axes are compared like any other."""
    found = values.compare(np.array(3.0), np.array(2.0), 1.0)
    assert (found.worst, found.where, found.expected, found.got) == ((), "all", 2.0, 3.0)


def test_empty_arrays_agree():
    """There is nothing in an empty array to be wrong."""
    assert values.compare(np.zeros((0, 3)), np.zeros((0, 3)), 1.0) is None


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_the_worst_element(bad):
    """NaN and infinity never pass for a number, whatever else is wrong."""
    got = off_by(1e5, (0, 0))
    got[1, 0] = bad
    found = values.compare(got, EXPECTED, 1.0)
    assert found.worst == (1, 0)
    assert np.isfinite(found.max_error)
    assert not values.same(got, EXPECTED, 1.0)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_expected_not_to_be_finite_has_to_be_just_that(bad):
    """An expected NaN or infinity is matched by itself alone, and the rest is still compared."""
    expected = np.array([bad, 2.0, 4.0])
    assert values.compare(expected.copy(), expected, 1.0) is None
    for other in {np.nan, np.inf, -np.inf, 0.0, 1e308} - {bad}:
        if not (np.isnan(other) and np.isnan(bad)):
            assert values.compare(np.array([other, 2.0, 4.0]), expected, 1.0).worst == (0,)
    assert values.compare(np.array([bad, 2.0, 4.1]), expected, 1.0).worst == (2,)


def test_sizes_that_overflow_are_told_apart():
    """The largest numbers can be compared: a difference that overflows is a difference."""
    assert values.compare(np.array([-1.7e308]), np.array([1.7e308]), 1.0) is not None


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        ([[1, 1], [1, 1]], "all"), ([1, 1, 1], "all"), ([[1]], "all"), (1, "all"), ([[[1], [1]]], "all"),
        ([[0, 1], [0, 0]], "one"), ([0, 0, 1], "one"), ([[[0], [1]]], "one"),
        ([[0, 0, 0], [1, 1, 1], [0, 0, 0]], "row 1"), ([[0, 0, 0], [0, 1, 1]], "row 1"),
        ([[1, 0], [1, 0], [1, 0]], "column 0"), ([[0, 0, 1], [0, 0, 0], [0, 0, 1]], "column 2"),
        ([[1, 0, 1], [0, 1, 0]], "3 of 6"), ([1, 1, 0], "2 of 3"), ([[[1, 1], [0, 0]]], "2 of 4"),
    ],
)  # fmt: skip
def test_where_elements_differ_is_told_in_words(mask, words):
    """A whole array, one element, one row, one column, or a count."""
    assert values.locate(np.array(mask, dtype=bool)) == words


def test_the_scale_is_that_of_the_largest_input():
    """The largest absolute value of all arrays and numbers counts, nested ones too, but never less than 1."""
    tree = [(np.array([1.0, -30.0]), 2.0), (np.zeros(0), np.array(7.0))]
    assert values.scale_of([tree, np.array([5.0])]) == 30.0
    assert values.scale_of([np.array([0.25])]) == 1.0
    assert values.scale_of([]) == 1.0


def test_whole_numbers_set_no_scale():
    """Class ids and flags are no sizes."""
    assert values.scale_of([np.array([500]), 900, True]) == 1.0


@pytest.mark.parametrize("extreme", [np.inf, -np.inf, np.nan])
def test_an_infinite_input_does_not_excuse_everything(extreme):
    """The floor stays finite where an input is not."""
    assert values.scale_of([np.array([extreme, 3.0])]) == 3.0


def test_the_floor_grows_with_inputs_and_upstream():
    """What is computed from inputs and an upstream gradient may round in proportion to both."""
    inputs = {"x": np.array([10.0]), "lr": 0.5}
    assert values.floor_scale(inputs) == 10.0
    assert values.floor_scale(inputs, (np.array([-20.0]),)) == 200.0


@given(matrices, matrices, st.booleans())
def test_same_and_compare_never_disagree(got, expected, equal):
    """`same` and `compare` judge by one rule, and an array is always like itself."""
    got = expected if equal else got
    assert values.same(got, expected, 1.0) == (values.compare(got, expected, 1.0) is None)
    assert values.same(expected, expected, 1.0)


def test_same_wants_the_same_shape():
    """Arrays that NumPy would stretch to fit are not the same."""
    assert not values.same(np.ones((1, 3)), np.ones(3), 1.0)
    assert not values.same(np.ones(()), np.ones(1), 1.0)
    assert values.same(np.ones(3), np.ones(3), 1.0)
