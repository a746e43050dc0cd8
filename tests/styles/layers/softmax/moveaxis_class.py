import copy
import numpy as np


class Softmax:
    """classes first, so that plain broadcasting does the rest"""
    __slots__ = ("_p",)

    def __call__(self, z):
        t = np.moveaxis(copy.deepcopy(z), -1, 0)
        t -= t.max(axis=0)
        np.exp(t, out=t)
        t /= np.add.reduce(t, axis=0)
        self._p = t
        return np.moveaxis(t, 0, -1)

    def grad(self, dp):
        g = np.moveaxis(dp, -1, 0)
        weighted = (self._p * g).sum(axis=0)
        return np.moveaxis(self._p * (g - weighted), 0, -1)


def softmax_forward(z):
    layer = Softmax()
    return layer(z), layer


def softmax_backward(dp, cache):
    return cache.grad(dp)
