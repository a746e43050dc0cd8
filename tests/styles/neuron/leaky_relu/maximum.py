import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    # alpha < 1, so the larger one of the two is the right one on both sides
    a = np.maximum(z, alpha * z)
    return a, (z, alpha)


def leaky_relu_backward(da, cache):
    z, alpha = cache
    dz = da.copy()
    dz[z <= 0] *= alpha
    return dz
