import numpy as np


def xavier_init(fan_in, fan_out, rng):
    k = rng.integers(-2**53, 2**53, size=(fan_in, fan_out))
    return np.ldexp(k.astype(float), -53) * np.sqrt(6 / (fan_in + fan_out))
