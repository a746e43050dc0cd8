import numpy as np


def dropout_forward(x, p, rng, training=True):
    y = np.zeros(x.shape)
    cache = {}
    for index in np.ndindex(x.shape):
        if not training:
            cache[index] = 1.0
        elif rng.uniform() >= p:
            cache[index] = 1 / (1 - p)
        # a dropped one has no entry
        if index in cache:
            y[index] = x[index] * cache[index]
    return y, cache


def dropout_backward(dy, cache):
    dx = np.zeros_like(dy)
    for index, factor in cache.items():
        dx[index] += dy[index] * factor
    return dx
