from itertools import product
import numpy as np


def max_pool2d_forward(x, kernel_size, stride):
    N, C, H, W = x.shape
    OH = len(range(0, H - kernel_size + 1, stride))
    OW = len(range(0, W - kernel_size + 1, stride))
    y, heard = np.empty((N, C, OH, OW)), {}
    for n, c, i, j in product(*map(range, y.shape)):
        places = product(range(i * stride, i * stride + kernel_size), range(j * stride, j * stride + kernel_size))
        # max() keeps the first of equals
        r, q = max(places, key=lambda rq: x[n, c, rq[0], rq[1]])
        y[n, c, i, j] = x[n, c, r, q]
        heard.setdefault((n, c, r, q), []).append((n, c, i, j))
    return y, (x, heard)


def max_pool2d_backward(dy, cache):
    x, heard = cache
    dx = 0 * x
    for place, outputs in heard.items():
        dx[place] = sum(dy[o] for o in outputs)
    return dx
