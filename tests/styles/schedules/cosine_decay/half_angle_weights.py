import numpy as np


def cosine_decay(step, lr, total_steps, lr_min=0.0):
    if step >= total_steps:
        return lr_min
    # (1 + cos u) / 2 = cos(u/2)^2 and (1 - cos u) / 2 = sin(u/2)^2: two weights that add up to 1
    v = np.pi * step / (2 * total_steps)
    weights = np.array([np.cos(v), np.sin(v)]) ** 2
    return np.dot(weights, [lr, lr_min])
