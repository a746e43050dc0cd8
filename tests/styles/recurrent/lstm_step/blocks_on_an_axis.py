import numpy as np


def lstm_step_forward(x, h, c, Wx, Wh, b):
    N, H = c.shape
    z = (np.dot(x, Wx) + np.dot(h, Wh) + b).reshape(N, 4, H)
    soft = np.array([True, True, False, True])[:, None]
    with np.errstate(over="ignore"):
        a = np.where(soft, 1 / (1 + np.exp(-z)), np.tanh(z))
    c_next = np.sum(a[:, [1, 0]] * np.stack([c, a[:, 2]], axis=1), axis=1)
    t = np.tanh(c_next)

    def backward(dh_next, dc_next):
        slope = np.where(soft, a * (1 - a), 1 - a * a)
        m = dh_next * a[:, 3] * (1 - t * t) + dc_next
        da = np.stack([m * a[:, 2], m * c, m * a[:, 0], dh_next * t], axis=1)
        dz = (da * slope).reshape(N, 4 * H)
        return dz.dot(Wx.T), dz.dot(Wh.T), m * a[:, 1], x.T.dot(dz), h.T.dot(dz), np.ones(N).dot(dz)

    return (a[:, 3] * t, c_next), backward


def lstm_step_backward(dout, cache):
    return cache(*dout)
