import math

import numpy as np


class Dual:
    def __init__(self, v, d=0.0):
        self.v, self.d = v, d

    def __add__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.v + o.v, self.d + o.d)

    def __mul__(self, o):
        o = o if isinstance(o, Dual) else Dual(o)
        return Dual(self.v * o.v, self.v * o.d + self.d * o.v)

    __radd__, __rmul__ = __add__, __mul__

    def tanh(self):
        t = math.tanh(self.v)
        return Dual(t, (1 - t * t) * self.d)


def gelu(z):
    return 0.5 * z * (1 + (math.sqrt(2 / math.pi) * (z + 0.044715 * z * z * z)).tanh())


def gelu_forward(z):
    both = [gelu(Dual(float(v), 1.0)) for v in z.ravel()]
    a = np.array([o.v for o in both]).reshape(z.shape)
    return a, [o.d for o in both]


def gelu_backward(da, cache):
    return np.fromiter((g * s for g, s in zip(da.ravel(), cache)), float, da.size).reshape(da.shape)
