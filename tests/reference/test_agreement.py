"""How far two recordings are apart: what counts as a difference, and by which measure."""

import math

import numpy as np
import pytest

from bpkit.course.spec import Case
from bpkit.reference import agreement
from bpkit.reference.pack import Recording

ONE = Recording(
    Case("a case", x=(3,)),
    {"x": np.array([1.0, -200.0, 3.0]), "ids": np.array([1, 2])},
    (np.array([1.0, 1.0]),),
    {"y": np.array([4.0, math.nan, math.inf])},
    {"dx": np.array([0.0, 1e-17, 5.0])},
    {},
)


def shares(other):
    """Return what is apart, by name."""
    return {one.array: one.share for one in agreement.of_recordings(ONE, other) if one.share}


def test_equal():
    """Each array is looked at; NaN is equal to NaN, and infinity to infinity."""
    assert [one.array for one in agreement.of_recordings(ONE, ONE)] == [
        "dx",
        "input ids",
        "input x",
        "upstream gradient 0",
        "y",
    ]
    assert shares(ONE) == {}


def test_a_share_of_the_largest_value():
    """An error is measured by the array it is in, and by the inputs where the array is zero up to rounding."""
    other = ONE._replace(gradients={"dx": np.array([0.0, 1e-17, 5.0 + 1e-9])})
    assert shares(other) == pytest.approx({"dx": 1e-9 / 5.0}, rel=1e-6)
    tiny = ONE._replace(gradients={"dx": np.array([2e-17, 0.0, 0.0])})
    tinier = ONE._replace(gradients={"dx": np.array([0.0, 0.0, 0.0])})
    [found] = [one for one in agreement.of_recordings(tiny, tinier) if one.share]
    assert found.share == pytest.approx(2e-17 / (1e-5 * 200))


@pytest.mark.parametrize(
    "change",
    [
        {"gradients": {}},
        {"gradients": {"dx": np.zeros((3, 1))}},
        {"gradients": {"dx": np.array([0, 0, 5])}},
        {"gradients": {"dx": np.array([0.0, math.nan, 5.0])}},
    ],
)
def test_no_comparing(change):
    """A missing array, another shape, another kind, NaN for a number: infinitely far apart."""
    assert shares(ONE._replace(**change)) == {"dx": math.inf}


def test_integers():
    """Of what is no real number, every difference counts."""
    other = ONE._replace(inputs={**ONE.inputs, "ids": np.array([1, 3])})
    assert shares(other) == {"input ids": math.inf}
