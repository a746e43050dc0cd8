"""1 - cos is half the squared chord between the unit vectors, so this is half a mean squared error."""
import numpy as np


def unit(v):
    n = np.linalg.norm(v, axis=-1, keepdims=True)
    return v / n, n


def unit_back(du, u, n):
    return (du - u * np.sum(u * du, axis=-1, keepdims=True)) / n


def cosine_distance_forward(a, b):
    (u, na), (v, nb) = unit(a), unit(b)
    return 0.5 * np.sum((u - v) ** 2) / len(a), (u, na, v, nb)


def cosine_distance_backward(dloss, cache):
    u, na, v, nb = cache
    g = dloss * (u - v) / len(u)
    return unit_back(g, u, na), unit_back(-g, v, nb)
