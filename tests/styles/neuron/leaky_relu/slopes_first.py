import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    slope = np.where(z > 0, 1.0, alpha)
    return slope * z, slope


def leaky_relu_backward(da, cache):
    return da * cache
