import math

import numpy as np


def normals(rng):
    """Marsaglia: two at a time from a point in the disc."""
    while True:
        u, v = 2 * rng.random() - 1, 2 * rng.random() - 1
        s = u * u + v * v
        if 0 < s < 1:
            f = math.sqrt(-2 * math.log(s) / s)
            yield u * f
            yield v * f


def he_init(fan_in, fan_out, rng):
    source = normals(rng)
    scale = (2 / fan_in) ** 0.5
    W = [[scale * next(source) for _ in range(fan_out)] for _ in range(fan_in)]
    return np.asarray(W, dtype=np.float64)
