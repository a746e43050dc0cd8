import math
import numpy as np


def rnn_step_forward(x, h, Wx, Wh, b):
    N, H = h.shape
    h_next = np.zeros((N, H))
    for n in range(N):
        for j in range(H):
            z = b[j]
            for d in range(x.shape[1]): z += x[n, d] * Wx[d, j]
            for i in range(H): z += h[n, i] * Wh[i, j]
            h_next[n, j] = math.tanh(z)
    return h_next, (x, h, Wx, Wh, h_next.tolist())


def rnn_step_backward(dh_next, cache):
    x, h, Wx, Wh, a = cache
    dx, dh, dWx, dWh = [np.zeros(m.shape) for m in (x, h, Wx, Wh)]
    db = np.zeros(h.shape[1])
    for n, row in enumerate(a):
        for j, t in enumerate(row):
            dz = dh_next[n, j] * (1 + t) * (1 - t)
            db[j] += dz
            for d in range(x.shape[1]):
                dx[n, d] += dz * Wx[d, j]; dWx[d, j] += dz * x[n, d]
            for i in range(h.shape[1]):
                dh[n, i] += dz * Wh[i, j]; dWh[i, j] += dz * h[n, i]
    return dx, dh, dWx, dWh, db
