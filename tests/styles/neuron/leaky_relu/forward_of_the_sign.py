import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    return np.where(z > 0, z, alpha * z), (z, alpha)


def leaky_relu_backward(da, cache):
    z, alpha = cache
    # the slope is what the forward makes of 1, or of -1 with the sign turned; 0 counts as left
    side = np.where(z > 0, 1.0, -1.0)
    return da * side * leaky_relu_forward(side, alpha)[0]
