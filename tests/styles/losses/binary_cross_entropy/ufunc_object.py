import numpy as np

EPS = 1e-12
FLOOR = -100


class BCE:
    """Holds the common denominator, and what stands above it."""

    def __init__(self, p, t):
        self.above, self.below = p - t, np.where(p - p * p < EPS, EPS, p - p * p)
        tiny = np.exp(float(FLOOR))
        # log(max(v, e^-100)) is max(log(v), -100): nothing is changed but the argument of the logarithm
        self.loss = np.average([-np.log(np.maximum(p, tiny)), -np.log(np.maximum(1 - p, tiny))],
                               axis=0, weights=[t, 1 - t]).mean()


def binary_cross_entropy_forward(prediction, target):
    b = BCE(prediction, target)
    return b.loss, b


def binary_cross_entropy_backward(dloss, cache):
    return np.true_divide(cache.above, cache.below) * (dloss / np.size(cache.above))
