"""Max pooling in two dimensions: of every window the largest number

A square window moves over each channel of each image and keeps the largest number that it sees. The image gets
smaller, and a pattern that has moved a little gives the same answer. Nothing is learned.

    x            (N, C, H, W)    N images with C channels, H rows and W columns
    kernel_size  a whole number  k: the window has k rows and k columns; no larger than the image
    stride       a whole number  s, 1 or more: how far the window moves from one position to the next, down
                                 and across. With s < k windows overlap, with s > k there are gaps
    y            (N, C, OH, OW)  OH = (H - k) // s + 1, and OW in the same way from W

    y[n, c, i, j] = the largest of x[n, c, i * s + p, j * s + q] for p and q from 0 to k - 1

OH and OW round down; rows and columns at the far end into which no whole window fits any more are not looked
at. There is no padding. All numbers of a window may be negative.

The backward gets dy (N, C, OH, OW), the gradient of the loss with respect to y, and returns dx in the shape of
x. After a relu many numbers are exactly 0, so that windows have several largest numbers: then the first of
them gets the gradient, going through the window row by row, and each row from left to right, as in PyTorch.
A number that is the largest in several windows hears from each of them.
"""

import numpy as np


def max_pool2d_forward(x, kernel_size, stride):
    """x (N, C, H, W), two whole numbers -> y (N, C, OH, OW), cache"""
    ### BEGIN SOLUTION
    N, C, H, W = x.shape
    # MISTAKE stride-ignored: N, C, H, W = x.shape; stride = 1
    # MISTAKE windows-side-by-side: N, C, H, W = x.shape; stride = kernel_size
    OH, OW = (H - kernel_size) // stride + 1, (W - kernel_size) // stride + 1
    # MISTAKE last-position-forgotten: OH, OW = (H - kernel_size) // stride, (W - kernel_size) // stride
    # MISTAKE sizes-by-division: OH, OW = H // stride, W // stride; x = np.pad(x, ((0, 0), (0, 0), (0, kernel_size), (0, kernel_size)), constant_values=-1e9)
    # MISTAKE sizes-rounded-up: OH, OW = -(-(H - kernel_size) // stride) + 1, -(-(W - kernel_size) // stride) + 1; x = np.pad(x, ((0, 0), (0, 0), (0, stride), (0, stride)), constant_values=-1e9)
    rows = stride * np.arange(OH)[:, None, None, None] + np.arange(kernel_size)[:, None]
    # MISTAKE stride-inside-the-window: rows = np.minimum(np.arange(OH)[:, None, None, None] + stride * np.arange(kernel_size)[:, None], H - 1)
    columns = stride * np.arange(OW)[:, None, None] + np.arange(kernel_size)
    # MISTAKE stride-inside-the-window: columns = np.minimum(np.arange(OW)[:, None, None] + stride * np.arange(kernel_size), W - 1)
    windows = x[:, :, rows, columns].reshape(N, C, OH, OW, kernel_size**2)
    y = windows.max(axis=-1)
    # MISTAKE smallest: y = windows.min(axis=-1)
    # MISTAKE average: y = windows.mean(axis=-1)
    # MISTAKE summed: y = windows.sum(axis=-1)
    # MISTAKE starts-from-zero: y = np.maximum(windows.max(axis=-1), 0)
    # MISTAKE largest-size: y = np.abs(windows).max(axis=-1)
    # MISTAKE one-window-for-all-channels: y = np.repeat(windows.max(axis=(1, -1))[:, None], C, axis=1)
    # MISTAKE positions-traded: y = windows.max(axis=-1).swapaxes(2, 3)
    cache = (windows, x.shape, kernel_size, stride)
    ### END SOLUTION
    return y, cache


def max_pool2d_backward(dy, cache):
    """dy (N, C, OH, OW) -> dx (N, C, H, W)"""
    ### BEGIN SOLUTION
    windows, shape, kernel_size, stride = cache
    p, q = np.divmod(windows.argmax(axis=-1), kernel_size)
    # MISTAKE last-in-a-tie: p, q = np.divmod(kernel_size**2 - 1 - windows[..., ::-1].argmax(axis=-1), kernel_size)
    # MISTAKE ties-by-columns: q, p = np.divmod(windows.reshape(*dy.shape, kernel_size, -1).swapaxes(4, 5).reshape(windows.shape).argmax(axis=-1), kernel_size)
    # MISTAKE row-and-column-traded: q, p = np.divmod(windows.argmax(axis=-1), kernel_size)
    # MISTAKE smallest-backward: p, q = np.divmod(windows.argmin(axis=-1), kernel_size)
    # MISTAKE largest-size-backward: p, q = np.divmod(np.abs(windows).argmax(axis=-1), kernel_size)
    # MISTAKE nearly-a-tie: p, q = np.divmod(np.isclose(windows, windows.max(axis=-1, keepdims=True)).argmax(axis=-1), kernel_size)
    n, c, i, j = np.indices(dy.shape)
    dx = np.zeros(shape)
    np.add.at(dx, (n, c, stride * i + p, stride * j + q), dy)
    # MISTAKE overlaps-overwritten: dx[n, c, stride * i + p, stride * j + q] = dy
    # MISTAKE kernel-for-stride: np.add.at(dx, (n, c, np.minimum(kernel_size * i + p, shape[2] - 1), np.minimum(kernel_size * j + q, shape[3] - 1)), dy)
    # MISTAKE place-in-the-window-forgotten: np.add.at(dx, (n, c, stride * i, stride * j), dy)
    # MISTAKE stride-forgotten: np.add.at(dx, (n, c, i + p, j + q), dy)
    # MISTAKE dy-ignored: np.add.at(dx, (n, c, stride * i + p, stride * j + q), 1.0)
    # MISTAKE value-for-slope: np.add.at(dx, (n, c, stride * i + p, stride * j + q), dy * windows.max(axis=-1))
    # MISTAKE averaged: np.add.at(dx, (n, c, stride * i + p, stride * j + q), dy / kernel_size**2)
    # MISTAKE positive-only: np.add.at(dx, (n, c, stride * i + p, stride * j + q), dy * (windows.max(axis=-1) > 0))
    # MISTAKE whole-window: [np.add.at(dx, (n, c, stride * i + k, stride * j + m), dy) for k, m in np.ndindex(kernel_size, kernel_size)]
    # MISTAKE shared-by-all: [np.add.at(dx, (n, c, stride * i + k, stride * j + m), dy / kernel_size**2) for k, m in np.ndindex(kernel_size, kernel_size)]
    # MISTAKE all-in-a-tie: [np.add.at(dx, (n, c, stride * i + k, stride * j + m), dy * (windows[..., k * kernel_size + m] == windows.max(axis=-1))) for k, m in np.ndindex(kernel_size, kernel_size)]
    # MISTAKE shared-in-a-tie: top = windows == windows.max(axis=-1, keepdims=True); [np.add.at(dx, (n, c, stride * i + k, stride * j + m), (dy[..., None] * top / top.sum(axis=-1, keepdims=True))[..., k * kernel_size + m]) for k, m in np.ndindex(kernel_size, kernel_size)]
    # MISTAKE averaged-where-seen-twice: count = np.zeros(shape); at = (n, c, stride * i + p, stride * j + q); np.add.at(dx, at, dy); np.add.at(count, at, 1); dx /= np.maximum(count, 1)
    ### END SOLUTION
    return dx
