import math

import numpy as np


def sig(t):
    if t >= 0:
        return 1 / (1 + math.exp(-t))
    return math.exp(t) / (1 + math.exp(t))


def neuron_forward(x, w, b):
    a = np.zeros(len(x))
    for n in range(len(x)):
        z = b
        for d in range(len(w)):
            z += x[n][d] * w[d]
        a[n] = sig(z)
    return a, [x, w, a]


def neuron_backward(da, cache):
    x, w, a = cache
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = 0.0
    for n in range(len(x)):
        dz = da[n] * a[n] * (1 - a[n])
        for d in range(len(w)):
            dx[n][d] = dz * w[d]
            dw[d] += dz * x[n][d]
        db += dz
    return dx, dw, db
