import numpy as np

C = np.sqrt(2 / np.pi)
K = 0.044715


def gelu_forward(z):
    u = C * (z + K * z ** 3)
    t = np.tanh(u)
    a = z / 2 * (1 + t)
    return a, (z, t)


def gelu_backward(da, cache):
    z, t = cache
    ds = 0.5 * (1 + t)
    du = z / 2 * (1 - t ** 2)
    dz = da * (ds + du * C * (1 + 3 * K * z ** 2))
    return dz
