import numpy as np
from numpy import newaxis as nn


def log_softmax_forward(z):
    shifted = np.apply_along_axis(lambda r: r - r.max(), -1, z)
    probs = np.apply_along_axis(lambda r: np.exp(r) / np.exp(r).sum(), -1, shifted)
    out = np.apply_along_axis(lambda r: r - np.log(np.exp(r).sum()), -1, shifted)
    jac = np.eye(z.shape[-1]) - probs[..., nn, :]  # dy_i / dz_j
    return out, lambda dy: np.squeeze(dy[..., nn, :] @ jac, axis=-2)


def log_softmax_backward(dy, cache): return cache(dy)
