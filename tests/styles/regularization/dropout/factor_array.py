import numpy as np


def dropout_forward(x, p, rng, training=True):
    factor = np.ones(x.shape)
    if training:
        kept = rng.random(x.shape) >= p
        factor = kept / (1 - p) if p < 1 else np.zeros(x.shape)
    return x * factor, factor


def dropout_backward(dy, cache):
    return dy * cache
