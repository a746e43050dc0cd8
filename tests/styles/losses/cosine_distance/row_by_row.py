import math

import numpy as np


def dot(u, v):
    return sum(map(lambda p, q: p * q, u, v))


def row(u, v):
    cos = dot(u, v) / math.sqrt(dot(u, u) * dot(v, v))
    return 1 - cos, cos


def cosine_distance_forward(a, b):
    rows = [row(u, v) for u, v in zip(a, b)]
    loss = sum(r[0] for r in rows) / len(rows)
    return loss, (a, b, [r[1] for r in rows])


def cosine_distance_backward(dloss, cache):
    a, b, cosines = cache
    da, db = np.zeros_like(a), np.zeros_like(b)
    for n, cos in enumerate(cosines):
        uu, vv = dot(a[n], a[n]), dot(b[n], b[n])
        root = math.sqrt(uu * vv)
        for d in range(a.shape[1]):
            da[n, d] = -dloss / len(a) * (b[n, d] / root - cos * a[n, d] / uu)
            db[n, d] = -dloss / len(a) * (a[n, d] / root - cos * b[n, d] / vv)
    return da, db
