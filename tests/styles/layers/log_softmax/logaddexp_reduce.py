import numpy as np


def log_softmax_forward(z):
    y = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    return y, y


def log_softmax_backward(dy, cache):
    return dy - np.exp(cache) * dy.sum(axis=-1, keepdims=True)
