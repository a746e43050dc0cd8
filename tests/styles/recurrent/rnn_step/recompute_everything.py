import numpy as np


def _z(x, h, Wx, Wh, b):
    return np.einsum("nd,dk->nk", x, Wx) + np.einsum("nj,jk->nk", h, Wh) + b


def rnn_step_forward(*args, **kwargs):
    # tanh(z) = 1 - 2 / (exp(2 z) + 1)
    with np.errstate(over="ignore"):
        return 1 - 2 / (np.exp(2 * _z(*args, **kwargs)) + 1), args or tuple(kwargs[n] for n in ("x", "h", "Wx", "Wh", "b"))


def rnn_step_backward(dh_next, cache):
    x, h, Wx, Wh, b = cache
    dz = dh_next * (1 - np.tanh(_z(*cache)) ** 2)
    return (np.einsum("nk,dk->nd", dz, Wx), np.einsum("nk,jk->nj", dz, Wh),
            np.einsum("nk,nd->dk", dz, x), np.einsum("nk,nj->jk", dz, h), np.einsum("nk->k", dz))
