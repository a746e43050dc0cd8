import numpy as np


def relu_forward(z):
    a = (z + np.abs(z)) / 2
    # sign is 0 at 0, so that (sign**2 + sign) / 2 is 1, 0, 0
    s = np.sign(z)
    return a, (s * s + s) / 2


def relu_backward(da, cache):
    return np.multiply(cache, da)
