import numpy as np


def xavier_init(fan_in, fan_out, rng):
    (child,) = rng.spawn(1)
    a = (3 * (2 / (fan_in + fan_out))) ** 0.5
    rows = [child.uniform(-a, a, fan_out) for _ in range(fan_in)]
    return np.vstack(rows)
