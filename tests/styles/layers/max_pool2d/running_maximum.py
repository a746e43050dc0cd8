# k*k shifted pictures, a running maximum, a running winner: no loop over positions
import numpy as np


def max_pool2d_forward(x, kernel_size, stride):
    k, s = kernel_size, stride
    OH, OW = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    best = np.full(x.shape[:2] + (OH, OW), -np.inf)
    winner = np.zeros(best.shape, dtype=int)
    for place in range(k * k):
        p, q = divmod(place, k)
        view = x[:, :, p:p + (OH - 1) * s + 1:s, q:q + (OW - 1) * s + 1:s]
        better = view > best
        np.copyto(best, view, where=better)
        winner[better] = place
    return best, (winner, x.shape, k, s)


def max_pool2d_backward(dy, cache):
    winner, shape, k, s = cache
    OH, OW = dy.shape[2:]
    dx = np.zeros(shape)
    for place in range(k * k):
        p, q = divmod(place, k)
        dx[:, :, p:p + (OH - 1) * s + 1:s, q:q + (OW - 1) * s + 1:s] += np.where(winner == place, dy, 0)
    return dx
