import numpy as np


def he_init(fan_in, fan_out, rng):
    u, v = rng.random((2, fan_in, fan_out))
    # -2 log(1 - u): u may be 0 and is never 1; 2 / fan_in goes under the same root
    return np.sqrt(-4 / fan_in * np.log1p(-u)) * np.cos(2 * np.pi * v)
