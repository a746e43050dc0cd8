"""The two functions are objects: one an instance with __call__, the other a partial."""
from functools import partial, wraps
import numpy as np


def logged(function):
    @wraps(function)
    def inner(*args, **kwargs):
        inner.calls += 1
        return function(*args, **kwargs)
    inner.calls = 0
    return inner


class _Forward:
    def __init__(self, axis): self.axis = axis

    @logged
    def __call__(self, z):
        p = np.exp(z - np.logaddexp.reduce(z, axis=self.axis, keepdims=True))
        return p, p


def _backward(dp, p, axis):
    return p * (dp - np.sum(dp * p, axis, keepdims=True))


softmax_forward = _Forward(axis=-1)
softmax_backward = partial(_backward, axis=-1)
