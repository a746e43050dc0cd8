"""How the checks of dropout call it: with which inputs, and what of the answers they look at."""

import functools

from bpkit.course.spec import Seed

HARNESS = """
def two_masks(student, x, p, rng):
    return [student.dropout_forward(x, p, rng)[0] for _ in range(2)]

def without_rng(student, x, p):
    try:
        return student.dropout_forward(x, p, None, False)[0]
    except Exception as error:
        return f"{type(error).__name__}: {error}"
"""
FORWARD, BACKWARD = "dropout_forward", "dropout_backward"
MATRIX, BLOCK = (101, 97), (7, 19, 23)
WITHIN = 0.035  # of 101 * 97 elements: 2 exp(-2 * 9797 * 0.035**2) < 1e-10
CLOSE = 1e-6  # of the number compared with, as everywhere in the course


class _OtherTrouble(Exception):
    """The output is not such that this check can judge it; `kept_or_dropped` says so."""


def _check(judge):
    """Let a check pass over outputs that another check complains about."""

    @functools.wraps(judge)
    def property_check(call):
        try:
            return judge(call)
        except _OtherTrouble:
            return None

    return property_check


def _inputs(shape, sign=1):
    """Return numbers none of which is near 0, so that a dropped element can be told from a kept one."""
    import numpy as np

    rng = np.random.default_rng(11)
    return sign * rng.uniform(1.0, 2.0, shape) * rng.choice((-1.0, 1.0), shape)


def _forward(call, x, p, seed, *training):
    """Run the student's forward; return y and the cache."""
    import numpy as np

    y, cache = call(FORWARD, x, p, Seed(seed), *training)
    y = np.asarray(y)
    if y.shape != x.shape or y.dtype.kind != "f" or not np.isfinite(y).all():
        raise _OtherTrouble
    return y, cache


def _dropped(call, p, seed, shape=MATRIX):
    """Return where a training forward drops; `training` is left out, for its default is True."""
    return _forward(call, _inputs(shape), p, seed)[0] == 0


def _same_for_all(mask):
    """Whether all rows of a matrix are the same, or all columns."""
    return bool((mask == mask[:1]).all() or (mask == mask[:, :1]).all())


def _all_or_nothing(mask):
    return bool(mask.all() or not mask.any())


def _near(a, b):
    import numpy as np

    return bool(np.all(np.abs(a - b) <= CLOSE * np.max(np.abs(b))))


def _in_words(y):
    return f"an array of shape {y.shape} and type {y.dtype}" if y.dtype.kind != "O" else "no array of numbers"


def _shrunk(y, x, p):
    """Whether y is x times the probability to keep, which some take to be p."""
    return _near(y, (1 - p) * x) or _near(y, p * x)
