import numpy as np

from neuron.sigmoid import sigmoid_backward, sigmoid_forward

POLY = np.array([0.044715, 0.0, 1.0, 0.0]) * np.sqrt(8 / np.pi)  # 2u as a polynomial in z


def gelu_forward(z):
    # (1 + tanh(u)) / 2 = sigmoid(2u)
    share, inner = sigmoid_forward(np.polyval(POLY, z))
    return z * share, (z, share, inner)


def gelu_backward(da, cache):
    z, share, inner = cache
    dz = da * share
    dz = dz + sigmoid_backward(da * z, inner) * np.polyval(np.polyder(POLY), z)
    return dz
