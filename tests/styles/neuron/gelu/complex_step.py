import numpy as np


def f(z):
    return z / 2 * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z ** 3)))


def gelu_forward(z):
    return f(z), z


def gelu_backward(da, cache):
    # f is analytic: Im f(z + ih) / h, no cancellation
    return da * np.imag(f(cache + 1e-30j)) / 1e-30
