import numpy as np


def xavier_init(fan_in, fan_out, rng):
    a = (6 / (fan_in + fan_out)) ** 0.5
    return (2 * rng.random((fan_in, fan_out)) - 1) * a
