import numpy as np
from typing import NamedTuple


class Jacobians(NamedTuple):
    dy_dx: np.ndarray  # (N, M, N, D)
    dy_dW: np.ndarray  # (N, M, D, M)
    dy_db: np.ndarray  # (N, M, M)


def linear_forward(x, W, b):
    (N, D), M = np.shape(x), b.size
    I_N, I_M = np.identity(N), np.identity(M)
    y = np.einsum('nd,dm->nm', x, W) + np.outer(np.ones(N), b)
    J = Jacobians(
        np.einsum('nk,dm->nmkd', I_N, W),
        np.einsum('nd,mk->nmdk', x, I_M),
        np.broadcast_to(I_M, (N, M, M)),
    )
    return y, J


def linear_backward(dy, cache):
    return tuple(np.tensordot(dy, J, axes=2) for J in cache)
