import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    """The first step, and then the rest of the sequence; the cache is nested like the calls."""
    N, T, _ = x.shape
    if T == 0:
        return np.zeros((N, 0, len(b))), None
    h = np.tanh(np.dot(x[:, 0], Wx) + np.dot(h0, Wh) + b)
    rest, inner = rnn_forward(x[:, 1:], h, Wx, Wh, b)
    return np.concatenate([h[:, None], rest], 1), (x[:, 0], h0, h, Wx, Wh, inner)


def rnn_backward(dhs, cache):
    x, h0, h, Wx, Wh, inner = cache
    if inner is None:
        dx, dh, dWx, dWh, db = np.zeros((len(x), 0, x.shape[1])), np.zeros_like(h), 0 * Wx, 0 * Wh, np.zeros(h.shape[1])
    else:
        dx, dh, dWx, dWh, db = rnn_backward(dhs[:, 1:], inner)
    dz = (dhs[:, 0] + dh) * (1 - h * h)
    dx = np.concatenate([np.dot(dz, Wx.T)[:, None], dx], 1)
    return dx, np.dot(dz, Wh.T), dWx + np.dot(x.T, dz), dWh + np.dot(h0.T, dz), db + np.sum(dz, 0)
