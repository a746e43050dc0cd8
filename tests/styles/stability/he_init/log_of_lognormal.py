import numpy as np


def he_init(fan_in, fan_out, rng):
    W = np.empty((fan_out, fan_in))
    for j in range(fan_out):
        W[j, :] = np.log(rng.lognormal(0.0, np.sqrt(2.0 / fan_in), fan_in))
    return W.T
