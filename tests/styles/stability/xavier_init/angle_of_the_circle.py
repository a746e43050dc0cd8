import numpy as np


def xavier_init(fan_in, fan_out, rng):
    # the direction of a random point of the plane is even between -pi and pi
    point = rng.standard_normal((2, fan_in, fan_out))
    a = np.sqrt(3 * 2 / (fan_in + fan_out))
    return a / np.pi * np.arctan2(*point)
