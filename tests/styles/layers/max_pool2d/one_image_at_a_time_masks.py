import logging
import warnings
import numpy as np

log = logging.getLogger(__name__)


def windows(x, k, s):
    for i in range((x.shape[2] - k) // s + 1):
        for j in range((x.shape[3] - k) // s + 1):
            yield (i, j), np.s_[:, :, i * s:i * s + k, j * s:j * s + k]


def max_pool2d_forward(x, kernel_size, stride):
    if stride < kernel_size:
        warnings.warn("windows overlap")
    log.debug("pooling %s", x.shape)
    y = np.concatenate([x[w].max(axis=(2, 3))[..., None] for _, w in windows(x, kernel_size, stride)], axis=-1)
    OH = (x.shape[2] - kernel_size) // stride + 1
    return y.reshape(*x.shape[:2], OH, -1), (x.copy(), kernel_size, stride)


def max_pool2d_backward(dy, cache):
    x, k, s = cache
    dx = np.zeros_like(x)
    for (i, j), w in windows(x, k, s):
        seen = x[w].reshape(*x.shape[:2], k * k)
        hit = seen == seen.max(axis=-1, keepdims=True)
        first = hit & (np.cumsum(hit, axis=-1) == 1)
        dx[w] += first.reshape(x[w].shape) * dy[:, :, i, j, None, None]
    return dx
