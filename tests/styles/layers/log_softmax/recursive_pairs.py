import math
import numpy as np


def lse(s):
    """log of the sum of exp, by halves"""
    if len(s) == 1:
        return s[0]
    mid = len(s) // 2
    a, b = lse(s[:mid]), lse(s[mid:])
    if a < b:
        a, b = b, a
    return a + math.log1p(math.exp(b - a))


def log_softmax_forward(z):
    y = np.empty(z.shape)
    for idx in np.ndindex(*z.shape[:-1]):
        y[idx] = z[idx] - lse([float(s) for s in z[idx]])
    return y, (z,)


def log_softmax_backward(dy, cache):
    z, = cache
    dz = np.array(dy, copy=True)
    for idx in np.ndindex(z.shape[:-1]):
        row = [float(s) for s in z[idx]]
        total, L = float(np.sum(dy[idx])), lse(row)
        for j, s in enumerate(row):
            dz[idx + (j,)] -= math.exp(s - L) * total
    return dz
