import numpy as np


def neuron_forward(x, w, b):
    """All local derivatives da[n]/d(anything) are worked out here."""
    z = np.tensordot(x, w, axes=([1], [0])) + b
    e = np.exp(-np.abs(z))
    a = np.where(z < 0, e, 1.0) / (1 + e)
    s = e / (1 + e) ** 2
    cache = s[:, None] * w, s[:, None] * x, s      # (N, D), (N, D), (N,)
    return a, cache


def neuron_backward(da, cache):
    by_x, by_w, by_b = cache
    dx = np.einsum("n,nd->nd", da, by_x)
    dw = np.einsum("n,nd->d", da, by_w)
    db = np.einsum("n,n->", da, by_b)
    return dx, dw, db
