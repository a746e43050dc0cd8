import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d_forward(x, kernel_size, stride):
    number = np.arange(x.size).reshape(x.shape)
    cut = lambda a: sliding_window_view(a, (kernel_size, kernel_size), (2, 3))[:, :, ::stride, ::stride]
    values, names = cut(x), cut(number)
    y = values.max(axis=(-2, -1))
    ties = values == y[..., None, None]
    first = np.where(ties, names, x.size).min(axis=(4, 5))   # row by row: the lowest number comes first
    return y, np.array([*x.shape, *first.ravel()])           # one integer array is the whole cache


def max_pool2d_backward(dy, cache):
    shape, first = tuple(cache[:4]), cache[4:]
    return np.bincount(first, dy.ravel(), minlength=int(np.prod(shape))).reshape(shape)
