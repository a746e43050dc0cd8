import numpy as np


def cosine_distance_forward(a, b):
    dot = (a * b).sum(axis=1)
    la = np.sqrt((a ** 2).sum(axis=1))
    lb = np.sqrt((b ** 2).sum(axis=1))
    cos = dot / (la * lb)
    return (1 - cos).mean(), (a, b, dot, la, lb)


def cosine_distance_backward(dloss, cache):
    a, b, dot, la, lb = [v if v.ndim == 2 else v[:, None] for v in cache]
    k = -dloss / len(a)
    da = k * (b / (la * lb) - dot * a / (la ** 3 * lb))
    db = k * (a / (la * lb) - dot * b / (la * lb ** 3))
    return da, db
