import numpy as np


def cyclical(step, lr_min, lr_max, half_cycle):
    step = np.int64(step)
    saw = np.abs(np.remainder(step + half_cycle, 2 * half_cycle) - half_cycle)
    return np.array([lr_min + saw * (lr_max - lr_min) / half_cycle])[0]
