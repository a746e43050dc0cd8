import numpy as np


def _parts(z):
    return np.clip(z, 0, None), np.clip(z, None, 0)


class Leak:
    def __init__(self, z, alpha):
        self.up, self.down = _parts(z)
        self.alpha = alpha

    def out(self):
        return self.up + self.alpha * self.down

    def back(self, da):
        return self.alpha * da + (1 - self.alpha) * da * (self.up != 0)


def leaky_relu_forward(z, alpha=0.01):
    l = Leak(z, alpha)
    return l.out(), l


def leaky_relu_backward(da, cache):
    return cache.back(da)
