import numpy as np


def prelu_forward(z, alpha):
    return np.maximum(z, 0) + alpha * np.minimum(z, 0), (z, alpha)


def prelu_backward(da, cache):
    z, alpha = cache
    dz = da * np.where(z > 0, 1.0, alpha)
    dalpha = (da * np.minimum(z, 0)).sum(axis=0)
    return dz, dalpha
