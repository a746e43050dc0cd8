"""Two-dimensional convolution: a small window of weights slides over an image

A filter looks at a window of the image, multiplies each number in it by a weight of its own, adds everything up, and
gives one number. Then it moves on. The same weights serve everywhere, so that a pattern is found wherever it is.

    x        (N, C, H, W)    N images with C channels, H rows and W columns
    W        (F, C, KH, KW)  F filters; each has one weight for every place of a window in every channel
    b        (F,)            one bias for each filter, added at every position
    stride   a whole number  1 or more: how far the window moves from one position to the next, down and across
    padding  a whole number  0 or more: so many rows and columns of zeros are put around each image first, on all
                             four sides
    y        (N, F, OH, OW)  OH = (H + 2 * padding - KH) // stride + 1, and OW in the same way from W and KW

(W stands for the filters in the code; the images' width is their last axis.) With xp for the padded image,

    y[n, f, i, j] = b[f] + sum over c, k, m of
                    xp[n, c, i * stride + k, j * stride + m] * W[f, c, k, m]

The window is laid on as it is: nothing is turned round or mirrored, as in PyTorch. OH and OW round down; rows and
columns at the far end into which no whole window fits any more are not looked at. The window is nowhere larger than
the padded image.

The backward gets dy (N, F, OH, OW), the gradient of the loss with respect to y, and returns dx, dW and db in the
shapes of x, W and b. A pixel may be seen by many windows, by one, or by none; a weight was used at every position of
every image. Loops over the places of a window are fine; the images here are small.
"""

import numpy as np


def conv2d_forward(x, W, b, stride=1, padding=0):
    """x (N, C, H, W), W (F, C, KH, KW), b (F,), two whole numbers -> y (N, F, OH, OW), cache"""
    ### BEGIN SOLUTION
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    # MISTAKE padding-forgotten: xp = x
    # MISTAKE padding-on-two-sides: xp = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)))
    # MISTAKE padding-repeats-the-edge: xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    # MISTAKE padding-of-ones: xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=1.0)
    N, (F, _, KH, KW) = len(x), W.shape
    # MISTAKE stride-ignored: N, (F, _, KH, KW) = len(x), W.shape; stride = 1
    OH = (xp.shape[2] - KH) // stride + 1
    # MISTAKE last-position-forgotten: OH = (xp.shape[2] - KH) // stride
    OW = (xp.shape[3] - KW) // stride + 1
    # MISTAKE last-position-forgotten: OW = (xp.shape[3] - KW) // stride
    y = np.zeros((N, F, OH, OW)) + b[:, None, None]
    # MISTAKE bias-forgotten: y = np.zeros((N, F, OH, OW))
    # MISTAKE bias-in-every-term: y = np.zeros((N, F, OH, OW)) + b[:, None, None] * KH * KW
    for k in range(KH):
        for m in range(KW):
            seen = xp[:, :, k : k + stride * OH : stride, m : m + stride * OW : stride]
            # MISTAKE stride-in-the-size-only: seen = xp[:, :, k : k + OH, m : m + OW]
            # MISTAKE stride-inside-the-window: seen = xp[:, :, k * stride : k * stride + OH, m * stride : m * stride + OW]
            y += np.einsum("nchw,fc->nfhw", seen, W[:, :, k, m])
            # MISTAKE kernel-turned: y += np.einsum("nchw,fc->nfhw", seen, W[:, :, -1 - k, -1 - m])
            # MISTAKE kernel-upside-down: y += np.einsum("nchw,fc->nfhw", seen, W[:, :, -1 - k, m])
            # MISTAKE first-channel-only: y += np.einsum("nhw,f->nfhw", seen[:, 0], W[:, 0, k, m])
            # MISTAKE channels-averaged: y += np.einsum("nchw,fc->nfhw", seen, W[:, :, k, m]) / x.shape[1]
            # MISTAKE window-averaged: y += np.einsum("nchw,fc->nfhw", seen, W[:, :, k, m]) / (KH * KW)
            # MISTAKE channels-mixed: y += np.einsum("nchw,fd->nfhw", seen, W[:, :, k, m])
    cache = (np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))), W, stride, padding)
    ### END SOLUTION
    return y, cache


def conv2d_backward(dy, cache):
    """dy (N, F, OH, OW) -> dx (N, C, H, W), dW (F, C, KH, KW), db (F,)"""
    ### BEGIN SOLUTION
    xp, W, stride, padding = cache
    (_, _, KH, KW), (_, _, OH, OW) = W.shape, dy.shape
    dxp, dW = np.zeros(xp.shape), np.zeros(W.shape)
    for k in range(KH):
        for m in range(KW):
            window = np.s_[:, :, k : k + stride * OH : stride, m : m + stride * OW : stride]
            # MISTAKE stride-forgotten-backward: window = np.s_[:, :, k : k + OH, m : m + OW]
            dW[:, :, k, m] = np.einsum("nchw,nfhw->fc", xp[window], dy)
            # MISTAKE weights-last-window: dW[:, :, k, m] = np.einsum("c,f->fc", xp[window][-1, :, -1, -1], dy[-1, :, -1, -1])
            # MISTAKE weights-averaged: dW[:, :, k, m] = np.einsum("nchw,nfhw->fc", xp[window], dy) / len(dy)
            # MISTAKE weights-averaged-over-positions: dW[:, :, k, m] = np.einsum("nchw,nfhw->fc", xp[window], dy) / (OH * OW)
            # MISTAKE weights-turned: dW[:, :, -1 - k, -1 - m] = np.einsum("nchw,nfhw->fc", xp[window], dy)
            # MISTAKE weights-last-example: dW[:, :, k, m] = np.einsum("chw,fhw->fc", xp[window][-1], dy[-1])
            # MISTAKE weights-first-position: dW[:, :, k, m] = np.einsum("nc,nf->fc", xp[window][..., 0, 0], dy[..., 0, 0])
            # MISTAKE weights-without-x: dW[:, :, k, m] = np.einsum("nchw,nfhw->fc", np.ones_like(xp[window]), dy)
            # MISTAKE weights-summed-too-early: dW[:, :, k, m] = np.einsum("nchw,nfij->fc", xp[window], dy)
            # MISTAKE weights-same-everywhere: dW[:, :, k, m] = np.einsum("nchw,nfhw->fc", xp[:, :, : stride * OH : stride, : stride * OW : stride], dy)
            # MISTAKE weights-last-position: dW[:, :, k, m] = np.einsum("nc,nf->fc", xp[window][..., -1, -1], dy[..., -1, -1])
            dxp[window] += np.einsum("nfhw,fc->nchw", dy, W[:, :, k, m])
            # MISTAKE stride-forgotten-for-x: dxp[:, :, k : k + OH, m : m + OW] += np.einsum("nfhw,fc->nchw", dy, W[:, :, k, m])
            # MISTAKE overlaps-overwritten: dxp[window] = np.einsum("nfhw,fc->nchw", dy, W[:, :, k, m])
            # MISTAKE kernel-turned-backward: dxp[window] += np.einsum("nfhw,fc->nchw", dy, W[:, :, -1 - k, -1 - m])
            # MISTAKE first-filter-only: dxp[window] += np.einsum("nhw,c->nchw", dy[:, 0], W[0, :, k, m])
            # MISTAKE filters-averaged: dxp[window] += np.einsum("nfhw,fc->nchw", dy, W[:, :, k, m]) / len(W)
            # MISTAKE weights-ignored: dxp[window] += dy.sum(axis=1, keepdims=True)
    dx = dxp[:, :, padding : xp.shape[2] - padding, padding : xp.shape[3] - padding]
    # MISTAKE windows-overwrite: [dxp.__setitem__(np.s_[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW], dy[:, f, i, j, None, None, None] * W[f]) for f in range(len(W)) for i in range(OH) for j in range(OW)]; dx = dxp[:, :, padding : xp.shape[2] - padding, padding : xp.shape[3] - padding]
    # MISTAKE border-counted-from-the-end: dx = dxp[:, :, padding:-padding, padding:-padding]
    # MISTAKE padding-kept: dx = dxp
    # MISTAKE padding-cut-at-the-end: dx = dxp[:, :, : xp.shape[2] - 2 * padding, : xp.shape[3] - 2 * padding]
    # MISTAKE positions-overwrite: [dxp.__setitem__(np.s_[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW], np.tensordot(dy[:, :, i, j], W, 1)) for i in range(OH) for j in range(OW)]; dx = dxp[:, :, padding : xp.shape[2] - padding, padding : xp.shape[3] - padding]
    db = dy.sum(axis=(0, 2, 3))
    # MISTAKE bias-averaged: db = dy.mean(axis=(0, 2, 3))
    # MISTAKE bias-averaged-over-batch: db = dy.sum(axis=(0, 2, 3)) / len(dy)
    # MISTAKE bias-averaged-over-positions: db = dy.mean(axis=(2, 3)).sum(axis=0)
    # MISTAKE bias-over-batch-only: db = dy.sum(axis=0)
    # MISTAKE bias-over-positions-only: db = dy.sum(axis=(2, 3))
    # MISTAKE bias-wrong-axis: db = dy.sum(axis=(0, 1, 2))
    ### END SOLUTION
    return dx, dW, db
