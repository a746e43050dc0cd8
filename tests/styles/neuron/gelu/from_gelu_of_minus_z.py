import numpy as np

C, K = np.sqrt(2 / np.pi), 0.044715


def gelu_forward(z):
    return 0.5 * z * (1 + np.tanh(C * (z + K * z ** 3))), z


def gelu_backward(da, cache):
    # gelu(z) + gelu(-z) = z t, gelu(z) - gelu(-z) = z
    z = cache
    a, m = gelu_forward(z)[0], gelu_forward(-z)[0]
    t = np.divide(a + m, z, out=np.zeros(z.shape), where=z != 0)
    return da * (0.5 * (1 + t) + 0.5 * z * (1 - t * t) * C * (1 + 3 * K * z * z))
