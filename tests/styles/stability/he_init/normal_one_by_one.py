import math

import numpy as np


def he_init(fan_in, fan_out, rng):
    std = math.sqrt(2 / fan_in)
    return np.array([[rng.normal(0, std) for _ in range(fan_out)] for _ in range(fan_in)])
