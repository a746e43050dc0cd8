import numpy as np


def pair(forward, backward):
    return forward, backward


def _f(*arrays):
    a, b = arrays
    q = np.array([[np.dot(u, v) / np.sqrt(np.dot(u, u) * np.dot(v, v))] for u, v in zip(a, b)])
    return np.sum(1 - q) / len(q), (a, b, q)


def _b(dloss, cache):
    a, b, q = cache
    k = dloss / len(q)
    A, B = [(v ** 2).sum(1, keepdims=True) for v in (a, b)]
    AB = np.sqrt(A * B)
    return k * (q * a / A - b / AB), k * (q * b / B - a / AB)


cosine_distance_forward, cosine_distance_backward = pair(_f, _b)
