import numpy as np


def dropout_forward(x, p, rng, training=True):
    if not training: return x.copy(), None
    keep = rng.random(x.shape) > p  # equal: probability zero
    return np.where(keep, x / np.subtract(1.0, p), 0), (keep, p)


def dropout_backward(dy, cache):
    if cache is None: return dy
    keep, p = cache
    return np.where(keep, dy / np.subtract(1.0, p), 0)
