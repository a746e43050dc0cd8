import numpy as np


def sig(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def lstm_step_forward(x, h, c, Wx, Wh, b):
    i, f, g, o = np.split(x @ Wx + h @ Wh + b, 4, axis=1)
    i, f, g, o = sig(i), sig(f), np.tanh(g), sig(o)
    c_next = f * c + i * g
    t = np.tanh(c_next)
    # everything that the way back multiplies with is ready now
    through_c = np.hstack([g * i * (1 - i), c * f * (1 - f), i * (1 - g ** 2)])
    through_h = t * o * (1 - o)
    return (o * t, c_next), (x, h, Wx, Wh, f, o * (1 - t ** 2), through_c, through_h)


def lstm_step_backward(dout, cache):
    dh_next, dc_next = dout
    x, h, Wx, Wh, f, show, through_c, through_h = cache
    dct = dc_next + dh_next * show
    dz = np.hstack([np.tile(dct, 3) * through_c, dh_next * through_h])
    return dz @ Wx.T, dz @ Wh.T, dct * f, x.T @ dz, h.T @ dz, dz.sum(0)
