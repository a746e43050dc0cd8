import numpy as np


def cyclical(step, lr_min, lr_max, half_cycle):
    # arccos undoes cos on the way down and runs backwards on the way up: a triangle wave
    share = np.arccos(np.cos(np.pi * step / half_cycle)) / np.pi
    return (1 - share) * lr_min + share * lr_max
