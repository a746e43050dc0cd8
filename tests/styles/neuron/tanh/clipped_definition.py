import numpy as np


def tanh_forward(z):
    c = np.clip(z, -20, 20)  # beyond 19 a float64 has no room for the difference to 1
    p, m = np.exp(c), np.exp(-c)
    a = np.divide(p - m, p + m)
    keep = lambda da: da * (1 + a) * (1 - a)
    return a, keep


def tanh_backward(da, cache):
    return cache(da)
