# 1 / sum_j exp(z_j - z_i): no maximum is needed, overflow to inf gives the right 0
import contextlib
import numpy as np


@contextlib.contextmanager
def quiet():
    with np.errstate(over="ignore"):
        yield


def softmax_forward(z):
    with quiet():
        diff = np.expand_dims(z, -2) - np.expand_dims(z, -1)   # [..., i, j] = z_j - z_i
        p = 1 / np.sum(np.exp(diff), axis=-1)
    return p, {"p": p.copy()}


def softmax_backward(dp, cache):
    match cache:
        case {"p": p}:
            return p * dp - p * np.einsum("...c,...c->...", p, dp)[..., None]
