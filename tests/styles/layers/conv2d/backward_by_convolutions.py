"""Both gradients are convolutions themselves, and the forward works them out.

dx: dy with stride - 1 zeros between its entries, filters turned round.  dW: x as filters' partner, examples as channels.
"""
import numpy as np
from functools import lru_cache


@lru_cache(maxsize=None)
def places(n_out, k, stride):
    return tuple(slice(i, i + (n_out - 1) * stride + 1, stride) for i in range(k))


def conv2d_forward(x, W, b, stride=1, padding=0):
    pad = (padding, padding)
    xp = np.pad(x, ((0, 0), (0, 0), pad, pad))
    KH, KW = W.shape[-2:]
    OH, OW = (xp.shape[2] - KH) // stride + 1, (xp.shape[3] - KW) // stride + 1
    y = np.zeros((len(x), len(W), OH, OW)) + b[:, None, None]
    for k, rows in enumerate(places(OH, KH, stride)):
        for m, cols in enumerate(places(OW, KW, stride)):
            y += np.tensordot(W[:, :, k, m], xp[:, :, rows, cols], axes=(1, 1)).swapaxes(0, 1)
    return y, (xp, W, stride, padding)


def conv2d_backward(dy, cache):
    xp, W, s, p = cache
    (F, C, KH, KW), (HP, WP) = W.shape, xp.shape[2:]
    wide = np.zeros(dy.shape[:2] + (HP - KH + 1, WP - KW + 1))    # as if the stride had been 1
    wide[:, :, ::s, ::s][:, :, :dy.shape[2], :dy.shape[3]] = dy
    full = np.pad(wide, ((0, 0), (0, 0), (KH - 1, KH - 1), (KW - 1, KW - 1)))
    dxp, _ = conv2d_forward(full, np.flip(W, (2, 3)).swapaxes(0, 1), np.zeros(C))
    dW, _ = conv2d_forward(xp.swapaxes(0, 1), wide.swapaxes(0, 1), np.zeros(F))
    return dxp[:, :, p:HP - p, p:WP - p], dW.swapaxes(0, 1), wide.sum((0, 2, 3))
