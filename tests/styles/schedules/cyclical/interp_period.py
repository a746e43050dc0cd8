import numpy as np


def cyclical(step, lr_min, lr_max, half_cycle):
    return np.interp(step, [0, half_cycle], [lr_min, lr_max]) if step <= half_cycle else np.interp(
        step, (0, half_cycle, 2 * half_cycle), (lr_min, lr_max, lr_min), period=2 * half_cycle)
