import numpy as np


def clip_by_value(grads, limit):
    return [np.minimum(np.maximum(g, -limit), limit) for g in grads]
