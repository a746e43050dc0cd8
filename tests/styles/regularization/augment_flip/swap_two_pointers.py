import numpy as np


def augment_flip(images, p, rng):
    out = np.array(images)
    n = 0
    while n < out.shape[0]:
        if rng.random() < p:
            l = 0; r = out.shape[-1] - 1
            while l < r:
                tmp = out[n, ..., l].copy()
                out[n, ..., l] = out[n, ..., r]
                out[n, ..., r] = tmp
                l += 1; r -= 1
        n += 1
    return out
