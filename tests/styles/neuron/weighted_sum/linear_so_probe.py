import numpy as np


def weighted_sum_forward(x, w, b):
    return x @ w + b, (x, w, b)


def weighted_sum_backward(dz, cache):
    # z is linear in x: its slopes are what it makes of the unit vectors, without bias
    x, w, b = cache
    unit = np.eye(len(x))
    dx = np.array([weighted_sum_forward(e, w, 0.0)[0] for e in unit])
    dw = np.array([weighted_sum_forward(x, e, 0.0)[0] for e in unit])
    return dz * dx, dz * dw, dz * weighted_sum_forward(0 * x, w, 1.0)[0]
