import math

import numpy as np


def one(z, t):
    """Loss and slope of one element."""
    if z > 0:
        e = math.exp(-z)
        return (1 - t) * z + math.log(1 + e), 1 / (1 + e) - t
    e = math.exp(z)
    return math.log(1 + e) - t * z, e / (1 + e) - t


def bce_with_logits_forward(logits, target):
    results = np.array([one(z, t) for z, t in zip(logits.ravel(), target.ravel())])
    return math.fsum(results[:, 0]) / logits.size, results[:, 1].reshape(logits.shape)


def bce_with_logits_backward(dloss, cache):
    dlogits = np.full(cache.shape, dloss, dtype=np.float64)
    dlogits *= cache
    dlogits /= cache.size
    return dlogits
