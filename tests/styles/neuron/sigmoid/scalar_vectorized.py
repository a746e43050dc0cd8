import math

import numpy as np


class Unit:
    __slots__ = ("a",)

    @staticmethod
    def one(z):
        try:
            return 1 / (1 + math.exp(-z))
        except OverflowError:
            return 0.0

    def __call__(self, z):
        self.a = np.vectorize(self.one, otypes=[float])(z)
        return self.a

    @property
    def slope(self):
        return self.a * (1 - self.a)


def sigmoid_forward(z):
    unit = Unit()
    return unit(z), unit


def sigmoid_backward(da, cache):
    return np.asarray(da) * cache.slope
