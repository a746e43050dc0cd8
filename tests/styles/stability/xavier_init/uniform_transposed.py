import numpy as np

VARIANCE_OF_THE_UNIT_INTERVAL = 1 / 12


def xavier_init(fan_in, fan_out, rng):
    variance = 2 / (fan_in + fan_out)
    width = np.sqrt(variance / VARIANCE_OF_THE_UNIT_INTERVAL)
    return rng.uniform(-width / 2, width / 2, size=(fan_out, fan_in)).T
