import numpy as np


def tanh_forward(z):
    return np.tanh(z), z


def tanh_backward(da, cache):
    t = tanh_forward(cache)[0]
    minus = tanh_forward(-cache)[0]
    return da * (1 + t * minus)
