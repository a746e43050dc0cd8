import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_forward(x, W, b, stride=1, padding=0):
    p = padding
    xp = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    win = sliding_window_view(xp, W.shape[2:], axis=(2, 3))[:, :, ::stride, ::stride]
    y = np.einsum("ncijkm,fckm->nfij", win, W, optimize=True) + b.reshape(1, -1, 1, 1)
    return y, (win, W, stride, p, xp.shape)


def conv2d_backward(dy, cache):
    win, W, s, p, padded = cache
    N, C, HP, WP = padded
    KH, KW = W.shape[2:]
    # transposed convolution: dy spread out with zeros between, then a full correlation with the turned filters
    OH, OW = dy.shape[2:]
    big = np.zeros(dy.shape[:2] + (HP + KH - 1, WP + KW - 1))
    big[:, :, KH - 1:KH - 1 + (OH - 1) * s + 1:s, KW - 1:KW - 1 + (OW - 1) * s + 1:s] = dy
    turned = W[:, :, ::-1, ::-1]
    dxp = np.einsum("nfijkm,fckm->ncij", sliding_window_view(big, (KH, KW), axis=(2, 3)), turned)
    return (dxp[:, :, p:HP - p, p:WP - p],
            np.einsum("ncijkm,nfij->fckm", win, dy),
            np.einsum("nfij->f", dy))
