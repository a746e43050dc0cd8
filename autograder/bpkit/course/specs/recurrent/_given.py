"""Arrays that are square, or whose last axis holds four gates: their sizes cannot be distinct primes."""

import random

from bpkit.course.spec import Given

GATES = ("i", "f", "g", "o")


def fixed(seed, *shape, scale=1.0, plus=0.0):
    """Return an array of numbers between plus - scale and plus + scale, the same on every machine."""
    rng = random.Random(seed)  # noqa: S311 - nobody has to guess them

    def fill(sizes):
        if not sizes:
            return round(plus + scale * (2 * rng.random() - 1), 4)
        return tuple(fill(sizes[1:]) for _ in range(sizes[0]))

    return Given(fill(shape))
