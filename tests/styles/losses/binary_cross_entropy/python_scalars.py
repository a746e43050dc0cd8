import math

import numpy as np


def log100(v):
    return max(math.log(v), -100.0) if v > 0 else -100.0


def pairs(p, t):
    return zip(p.ravel().tolist(), t.ravel().tolist())


def binary_cross_entropy_forward(prediction, target):
    total = 0
    for p, t in pairs(prediction, target):
        total -= t * log100(p) + (1 - t) * log100(1 - p)
    return total / prediction.size, (prediction, target)


def binary_cross_entropy_backward(dloss, cache):
    grads = [dloss * (p - t) / max(p * (1 - p), 1e-12) / cache[0].size for p, t in pairs(*cache)]
    return np.array(grads).reshape(cache[0].shape)
