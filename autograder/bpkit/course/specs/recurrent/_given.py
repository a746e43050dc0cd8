"""Arrays that are square, or whose last axis holds four gates: their sizes cannot be distinct primes."""

import random

from bpkit.course.spec import Given

GATES = ("i", "f", "g", "o")


def fixed(seed, *shape, scale=1.0, plus=0.0):
    """Return an array of numbers from plus - scale to plus + scale, the same on every machine.

    plus: a number, or nested tuples of numbers, one for each index of the first axes.
    """
    rng = random.Random(seed)  # noqa: S311 - nobody has to guess them

    def fill(sizes, plus):
        if not sizes:
            return round(plus + scale * (2 * rng.random() - 1), 4)
        rows = plus if isinstance(plus, tuple) else (plus,) * sizes[0]
        return tuple(fill(sizes[1:], row) for row in rows)

    return Given(fill(shape, plus))
