import numpy as np


def _clip(entry, limit):
    if entry > limit:
        return limit
    if -entry > limit:
        return -limit
    return entry


def clip_by_value(grads, limit):
    limit = float(limit)
    return [
        np.array([_clip(e, limit) for e in g.ravel().tolist()], dtype=float).reshape(g.shape)
        for g in grads
    ]
