import numpy as np


def augment_flip(images, p, rng):
    """Jump from one image to flip to the next one."""
    result = images.copy()
    n = -1
    while p > 0:
        n += rng.geometric(p)
        if n >= result.shape[0]:
            break
        result[n] = images[n, ..., ::-1]
    return result
