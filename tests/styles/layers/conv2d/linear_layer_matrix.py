"""A convolution is a linear layer with a big sparse matrix: build selection matrices for rows and columns.

R[i, k, h] is 1 where output row i meets image row h under window row k.
"""
import numpy as np


def selector(size, k, stride, padding):
    out = (size + 2 * padding - k) // stride + 1
    sel = np.zeros((out, k, size))
    for i in range(out):
        for w in range(k):
            h = i * stride + w - padding
            if 0 <= h < size:
                sel[i, w, h] = 1
    return sel


def conv2d_forward(x, W, b, stride=1, padding=0):
    R = selector(x.shape[2], W.shape[2], stride, padding)
    Q = selector(x.shape[3], W.shape[3], stride, padding)
    M = np.einsum("ikh,fckm,jmw->chwfij", R, W, Q, optimize=True)
    y = np.tensordot(x, M, axes=3) + b[:, np.newaxis, np.newaxis]

    def back(dy):
        dM = np.tensordot(x, dy, axes=(0, 0))
        return (
            np.tensordot(dy, M, axes=((1, 2, 3), (3, 4, 5))),
            np.einsum("ikh,chwfij,jmw->fckm", R, dM, Q, optimize=True),
            dy.sum((0, 2, 3)),
        )

    return y, back


def conv2d_backward(dy, cache):
    return cache(dy)
