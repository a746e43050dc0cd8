import numpy as np


def neuron_forward(x, w, b):
    X = np.hstack([x, np.ones((x.shape[0], 1))])
    W = np.append(w, b)
    a = 0.5 + 0.5 * np.tanh(0.5 * (X @ W))
    return a, (X, W, a)


def neuron_backward(da, cache):
    X, W, a = cache
    dz = da * a * (1 - a)
    dX, dW = np.outer(dz, W), X.T @ dz
    return dX[:, :-1], dW[:-1], dW[-1]
