import numpy as np


def he_init(fan_in, fan_out, rng):
    cov = np.diag(np.full(fan_out, 2.0 / fan_in))
    return rng.multivariate_normal(np.zeros(fan_out), cov, size=fan_in)
