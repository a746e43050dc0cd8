from dataclasses import dataclass
from fractions import Fraction

import numpy as np


@dataclass(frozen=True)
class Node:
    x: np.ndarray
    w: np.ndarray

    def grads(self, dz):
        both = np.outer(np.stack([self.w, self.x]), dz).reshape(2, -1)
        return (*both, np.float64(dz))


def weighted_sum_forward(x, w, b):
    """Summed exactly, rounded once."""
    total = Fraction(float(b))
    for p, q in zip(x.tolist(), w.tolist()):
        total += Fraction(p) * Fraction(q)
    return np.array(float(total)), Node(x, w)


def weighted_sum_backward(dz, cache):
    return cache.grads(dz)
