from functools import partial
import numpy as np


def both(sign, z, alpha, /, *, eps=0.0):
    return np.where(sign * z > eps, z, alpha * z)


def prelu_forward(z, alpha, eps=0.0):
    f = partial(both, 1)
    return f(z, alpha, eps=eps), (z, alpha, eps)


def prelu_backward(da, cache, *, axis=0):
    z, alpha, eps = cache
    k = np.greater(z, eps)
    return np.where(k, da, alpha * da), np.sum(np.where(k, 0.0, z) * da, axis=axis)
