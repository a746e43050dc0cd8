"""The cache is a number: the key under which a module-level registry keeps what the way back needs."""
import itertools
import numpy as np

_registry = {}
_counter = itertools.count(1)


def rnn_step_forward(x, h, Wx, Wh, b):
    key = next(_counter)
    out = np.tanh(sum((np.outer(x[:, d], Wx[d]) for d in range(x.shape[1])), h.dot(Wh) + b))
    _registry[key] = (x.copy(), h.copy(), Wx.copy(), Wh.copy(), out.copy())
    return out, key


def rnn_step_backward(dh_next, cache):
    x, h, Wx, Wh, out = _registry[cache]
    slope = np.multiply(1 - out, 1 + out)
    dz = np.asfortranarray(dh_next * slope)
    return dz.dot(Wx.T), dz.dot(Wh.T), (dz.T.dot(x)).T, (dz.T.dot(h)).T, dz.T.sum(axis=1)
