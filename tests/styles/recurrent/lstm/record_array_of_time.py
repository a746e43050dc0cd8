import numpy as np


def sigmoid(z):
    out = np.empty_like(z)
    pos = z >= 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    e = np.exp(z[~pos])
    out[~pos] = e / (1 + e)
    return out


def lstm_forward(x, h0, c0, Wx, Wh, b):
    """one structured array holds all of the history, one record for each example, step and unit"""
    (N, T, D), H = x.shape, h0.shape[1]
    rec = np.zeros((T, N, H), dtype=[(k, "f8") for k in ("h", "c", "i", "f", "g", "o", "c_new", "h_new")])
    h, c = h0, c0
    for t in range(T):
        r = rec[t]
        r["h"], r["c"] = h, c
        z = np.einsum("nd,dk->nk", x[:, t], Wx) + np.einsum("nj,jk->nk", h, Wh) + b
        for name, block in zip("ifgo", (z[:, k:k + H] for k in range(0, 4 * H, H))):
            r[name] = np.tanh(block) if name == "g" else sigmoid(block)
        r["c_new"] = c = r["f"] * c + r["i"] * r["g"]
        r["h_new"] = h = r["o"] * np.tanh(c)
    return np.moveaxis(rec["h_new"], 0, 1), [rec, x, Wx, Wh]


def lstm_backward(dhs, cache):
    rec, x, Wx, Wh = cache
    dx, dWx, dWh, db = np.zeros_like(x), np.zeros_like(Wx), np.zeros_like(Wh), np.zeros(Wx.shape[1])
    dh, dc = np.zeros(rec.shape[1:]), np.zeros(rec.shape[1:])
    for t in range(len(rec) - 1, -1, -1):
        r = rec[t]
        dh += dhs[:, t]
        tanh_c = np.tanh(r["c_new"])
        dc += dh * r["o"] * (1 - tanh_c ** 2)
        dz = np.concatenate([
            dc * r["g"] * r["i"] * (1 - r["i"]),
            dc * r["c"] * r["f"] * (1 - r["f"]),
            dc * r["i"] * (1 - r["g"] ** 2),
            dh * tanh_c * r["o"] * (1 - r["o"]),
        ], axis=1)
        dx[:, t] = dz @ Wx.T
        dWx += x[:, t].T @ dz
        dWh += r["h"].T @ dz
        db += dz.sum(axis=0)
        dh, dc = dz @ Wh.T, dc * r["f"]
    return dx, dh, dc, dWx, dWh, db
