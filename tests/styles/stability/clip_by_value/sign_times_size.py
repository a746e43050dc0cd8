import numpy as np
from functools import partial


def shorten(limit, g):
    return np.copysign(np.fmin(abs(g), limit), g)


def clip_by_value(grads, limit):
    return list(map(partial(shorten, limit), grads))
