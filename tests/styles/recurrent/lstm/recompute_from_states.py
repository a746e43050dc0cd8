"""Keeps only the inputs and the states; gates are worked out again, for all steps at once, on the way back."""
import numpy as np


def gates(x, h, Wx, Wh, b):
    z = x @ Wx + h @ Wh + b
    i, f, g, o = np.split(z, 4, axis=-1)
    s = lambda u: np.exp(-np.logaddexp(0.0, -u))
    return s(i), s(f), np.tanh(g), s(o)


def lstm_forward(x, h0, c0, Wx, Wh, b):
    hs, cs = [h0], [c0]
    for t in range(x.shape[1]):
        i, f, g, o = gates(x[:, t], hs[-1], Wx, Wh, b)
        cs.append(f * cs[-1] + i * g)
        hs.append(o * np.tanh(cs[-1]))
    hs, cs = np.stack(hs, 1), np.stack(cs, 1)
    return hs[:, 1:].copy(), dict(x=x, hs=hs, cs=cs, Wx=Wx, Wh=Wh, b=b)


def lstm_backward(dhs, cache):
    x, hs, cs, Wx, Wh, b = [cache[name] for name in ("x", "hs", "cs", "Wx", "Wh", "b")]
    i, f, g, o = gates(x, hs[:, :-1], Wx, Wh, b)
    t_ = np.tanh(cs[:, 1:])
    to_c = np.concatenate([g * i * (1 - i), cs[:, :-1] * f * (1 - f), i * (1 - g * g)], -1)
    dz = np.empty(x.shape[:2] + b.shape)
    H = dhs.shape[2]
    dh, dc = np.zeros_like(dhs[:, 0]), np.zeros_like(dhs[:, 0])
    for t in range(x.shape[1])[::-1]:
        dh = dh + dhs[:, t]
        dc = dc + dh * o[:, t] * (1 - t_[:, t] ** 2)
        dz[:, t, :3 * H] = np.concatenate([dc] * 3, -1) * to_c[:, t]
        dz[:, t, 3 * H:] = dh * t_[:, t] * o[:, t] * (1 - o[:, t])
        dh, dc = dz[:, t] @ Wh.T, dc * f[:, t]
    weights = lambda a: np.tensordot(a, dz, axes=([0, 1], [0, 1]))
    return dz @ Wx.T, dh, dc, weights(x), weights(hs[:, :-1]), dz.sum((0, 1))
