import numpy as np


def _stats(x, eps):
    mean = x.mean(-1, keepdims=True)
    mean = mean + (x - mean).mean(-1, keepdims=True)     # a second look at the mean
    return mean, np.reciprocal(np.sqrt(x.var(axis=-1, keepdims=True) + eps))


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    cache = x, gamma, eps
    mean, r = _stats(x, eps)
    return np.subtract(x, mean) * r * gamma + beta, cache


def layer_norm_backward(dy, cache):
    x, gamma, eps = cache
    D = x.shape[-1]
    mean, r = _stats(x, eps)
    n = (x - mean) * r
    h = dy * gamma
    dx = r / D * (D * h - h.sum(-1, keepdims=True) - n * (h * n).sum(-1, keepdims=True))
    flat = lambda a: a.reshape((-1, D))
    return dx, flat(dy * n).sum(0), flat(dy).sum(0)
