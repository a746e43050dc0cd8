import numpy as np


def clip_by_value(grads, limit):
    # a straight line from (-limit, -limit) to (limit, limit), level outside
    line = lambda g: np.interp(np.nan_to_num(g), [-limit, limit], [-limit, limit])
    return [np.where(np.abs(g) <= limit, g, line(g)) for g in map(np.asarray, grads)]
