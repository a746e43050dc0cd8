from itertools import chain
from math import hypot

import numpy as np


def clip_by_norm(grads, max_norm, tiny=1e-6):
    total_norm = hypot(*chain.from_iterable(g.ravel().tolist() for g in grads))
    if max_norm >= total_norm + tiny:
        return [g.copy() for g in grads], total_norm
    clipped = []
    for g in grads:
        new = np.array(g, dtype=float)
        new *= max_norm
        new /= total_norm + tiny
        clipped.append(new)
    return clipped, total_norm
