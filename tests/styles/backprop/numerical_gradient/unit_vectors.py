import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    steps = eps * np.eye(x.size).reshape((x.size,) + x.shape)
    slope = lambda e: (f(x + e) - f(x - e)) / (eps + eps)
    return np.array([slope(e) for e in steps]).reshape(x.shape)
