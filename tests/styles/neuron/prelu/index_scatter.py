import numpy as np
from collections import namedtuple

Saved = namedtuple("Saved", "rows cols values alpha")


def prelu_forward(z, alpha):
    rows, cols = np.nonzero(z <= 0)
    values = z[rows, cols]
    a = np.array(z, copy=True)
    a[rows, cols] = alpha[cols] * values
    return a, Saved(rows, cols, values, alpha)


def prelu_backward(da, cache):
    dz = np.array(da, copy=True)
    dz[cache.rows, cache.cols] *= cache.alpha[cache.cols]
    dalpha = np.zeros(cache.alpha.shape)
    np.add.at(dalpha, cache.cols, da[cache.rows, cache.cols] * cache.values)
    return dz, dalpha
