import numpy as np


def augment_flip(images, p, rng):
    N, *_, W = images.shape
    b = rng.binomial(1, p, size=(N,) + (1,) * (images.ndim - 1))
    j = np.arange(W)
    # b = 0: j, b = 1: W - 1 - j
    where = np.broadcast_to(j + b * (W - 1 - 2 * j), images.shape)
    return np.take_along_axis(images, where, axis=-1)
