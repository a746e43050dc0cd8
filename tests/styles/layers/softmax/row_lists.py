import math
import numpy as np


def _one(row):
    biggest = max(row)
    e = [math.exp(s - biggest) for s in row]
    total = math.fsum(e)
    return [v / total for v in e]


def softmax_forward(z):
    C = z.shape[-1]
    rows = [_one(r) for r in z.reshape(-1, C).tolist()]
    return np.array(rows).reshape(z.shape), (rows, z.shape)


def softmax_backward(dp, cache):
    rows, shape = cache
    out = []
    for p, g in zip(rows, dp.reshape(len(rows), shape[-1]).tolist()):
        dot = sum(a * b for a, b in zip(p, g))
        out.append([a * (b - dot) for a, b in zip(p, g)])
    return np.asarray(out).reshape(shape)
