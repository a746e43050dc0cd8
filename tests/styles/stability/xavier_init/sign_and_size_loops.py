import math
import numpy as np


def xavier_init(fan_in, fan_out, rng):
    a = math.sqrt(3) * math.sqrt(2 / (fan_in + fan_out))
    W = np.zeros(fan_in * fan_out)
    k = 0
    while k < len(W):
        W[k] = a * rng.random()
        if rng.integers(2) == 1:
            W[k] = -W[k]
        k += 1
    return W.reshape(fan_in, fan_out)
