import numpy as np


def neuron_forward(x, w, b):
    X, W = np.matrix(x), np.matrix(w).T
    z = X * W + b
    a = np.exp(-np.logaddexp(0, -z))
    return a.A1, (X, W, a)


def neuron_backward(da, cache):
    X, W, a = cache
    dz = np.multiply(np.matrix(da).T, np.multiply(a, 1 - a))
    return dz * W.T, (X.T * dz).A1, dz.sum()
