"""Keeps no state at all: the backward calls the forward again."""
import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    h = h0
    hs = []
    for xt in np.rollaxis(x, 1):
        hs += [h := np.tanh(xt.dot(Wx) + h.dot(Wh) + b)]
    return np.dstack(hs).swapaxes(1, 2), (x, h0, Wx, Wh, b)


def rnn_backward(dhs, cache):
    hs, (x, h0, Wx, Wh, b) = rnn_forward(*cache)
    N, T, H = hs.shape
    before = np.concatenate((h0[:, None, :], hs), axis=1)[:, :T]
    dz = np.zeros((N, T + 1, H))                 # one more at the end, where nothing comes back
    for t in range(T - 1, -1, -1):
        dz[:, t] = (dhs[:, t] + dz[:, t + 1].dot(Wh.T)) * (1 - hs[:, t] ** 2)
    flat = lambda a: a.reshape(N * T, -1)
    g = flat(dz[:, :T])
    return (g.dot(Wx.T).reshape(x.shape), dz[:, 0].dot(Wh.T), flat(x).T.dot(g), flat(before).T.dot(g), g.sum(0))
