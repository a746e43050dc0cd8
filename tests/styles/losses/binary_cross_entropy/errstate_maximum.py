import numpy as np


def binary_cross_entropy_forward(prediction, target):
    with np.errstate(divide="ignore"):
        lp = np.maximum(np.log(prediction), -100)
        lq = np.maximum(np.log(1 - prediction), -100)
    loss = -np.mean(target * lp + (1 - target) * lq)
    return loss, (prediction, target)


def binary_cross_entropy_backward(dloss, cache):
    p, t = cache
    return dloss / p.size * (p - t) / np.maximum(p * (1 - p), 1e-12)
