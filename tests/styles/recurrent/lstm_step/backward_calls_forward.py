import numpy as np


def gate(z):
    return np.reciprocal(1.0 + np.exp(np.negative(z)))


def lstm_step_forward(x, h, c, Wx, Wh, b):
    H = h.shape[-1]
    z = x @ Wx; z += h @ Wh; z += b
    act = np.empty_like(z)
    is_g = np.arange(4 * H) // H == 2
    act[:, ~is_g], act[:, is_g] = gate(z[:, ~is_g]), np.tanh(z[:, is_g])
    i, f, g, o = (act[:, n * H:(n + 1) * H] for n in range(4))
    c_next = f * c + i * g
    return (o * np.tanh(c_next), c_next), dict(inputs=(x, h, c, Wx, Wh, b), act=act, is_g=is_g)


def lstm_step_backward(dout, cache):
    (h_next, c_next), fresh = lstm_step_forward(*cache["inputs"])
    x, h, c, Wx, Wh, _ = cache["inputs"]
    act, is_g = fresh["act"], fresh["is_g"]
    i, f, g, o = np.hsplit(act, 4)
    dh_next, dc_next = (np.array(d) for d in dout)
    dc_next += dh_next * (o - h_next * np.tanh(c_next))
    dz = np.hstack((g * dc_next, c * dc_next, i * dc_next, np.tanh(c_next) * dh_next))
    dz *= np.where(is_g, 1 - act ** 2, act - act ** 2)
    return dz @ Wx.T, dz @ Wh.T, f * dc_next, x.T @ dz, h.T @ dz, dz.sum(axis=0)
