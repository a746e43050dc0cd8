import numpy as np


def clip_by_value(grads, limit):
    clipped = []
    for g in grads:
        c = np.array(g, dtype=np.float64)
        np.putmask(c, c > limit, limit)
        np.putmask(c, c < -limit, -limit)
        clipped += [c]
    return clipped
