import statistics as st
from itertools import product
import numpy as np


def rows(shape):
    return product(*(range(n) for n in shape[:-1]))


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    y, kept = np.empty(x.shape), {}
    for at in rows(x.shape):
        row = x[at].tolist()
        mean = st.fmean(row)
        s = (st.pvariance(row, mean) + eps) ** 0.5
        kept[at] = hat = [(u - mean) / s for u in row], s
        y[at] = [g * h + b for g, h, b in zip(gamma, hat[0], beta)]
    return y, {"kept": kept, "gamma": gamma.tolist()}


def layer_norm_backward(dy, cache):
    gamma = cache["gamma"]
    D = len(gamma)
    dx = np.zeros_like(dy)
    dgamma, dbeta = [0.0] * D, [0.0] * D
    for at, (hat, s) in cache["kept"].items():
        g = dy[at].tolist()
        dh = [a * b for a, b in zip(g, gamma)]
        m1 = sum(dh) / D
        m2 = sum(a * h for a, h in zip(dh, hat)) / D
        for j in range(D):
            dgamma[j] += g[j] * hat[j]
            dbeta[j] += g[j]
            dx[at + (j,)] = (dh[j] - m1 - hat[j] * m2) / s
    return dx, np.array(dgamma), np.array(dbeta)
