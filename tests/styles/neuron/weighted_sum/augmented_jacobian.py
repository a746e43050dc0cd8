"""Append the bias to the weights and a one to the features; all gradients come out of one row of the Jacobian."""
import numpy as np


def weighted_sum_forward(x, w, b):
    x1 = np.append(x, 1.0)
    w1 = np.append(w, b)
    jacobian = np.concatenate([w1[:-1], x1])       # dz / d(x, w, b)
    return np.dot(x1, w1), jacobian


def weighted_sum_backward(dz, cache):
    g = dz * cache
    D = (len(g) - 1) // 2
    return g[:D], g[D:2 * D], g[-1]
