import numpy as np


def he_init(fan_in, fan_out, rng):
    # the square of a normal number is chi-square with one degree of freedom
    size = np.sqrt(rng.chisquare(1, (fan_in, fan_out)) * 2 / fan_in)
    return np.where(rng.integers(0, 2, (fan_in, fan_out)) == 1, size, -size)
