from statistics import NormalDist

import numpy as np


def he_init(fan_in, fan_out, rng):
    bell = NormalDist(mu=0.0, sigma=(2 / fan_in) ** 0.5)
    W = np.empty((fan_in, fan_out))
    for entry in np.nditer(W, op_flags=["writeonly"]):
        u = 0.0
        while not 0.0 < u < 1.0:
            u = rng.random()
        entry[...] = bell.inv_cdf(u)
    return W
