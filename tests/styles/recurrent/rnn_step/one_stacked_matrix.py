from collections import namedtuple
import numpy as np

Cache = namedtuple("Cache", "inputs weights slope sizes")


def rnn_step_forward(x, h, Wx, Wh, b):
    inputs = np.hstack((x, h, np.ones((len(x), 1))))
    weights = np.vstack((Wx, Wh, b[None, :]))
    z = inputs @ weights
    return np.tanh(z), Cache(inputs, weights, np.cosh(np.clip(z, -300, 300)) ** -2.0, (x.shape[1], x.shape[1] + h.shape[1]))


def rnn_step_backward(dh_next, cache):
    dz = dh_next * cache.slope
    dx, dh, _ = np.split(dz @ cache.weights.T, cache.sizes, axis=1)
    dWx, dWh, db = np.split(cache.inputs.T @ dz, cache.sizes)
    return dx, dh, dWx, dWh, db.ravel()
