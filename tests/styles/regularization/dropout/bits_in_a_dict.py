import numpy as np


def dropout_forward(x, p, rng, training=True):
    y = np.array(x, dtype=float)
    cache = {"training": training, "p": p}
    if training:
        mask = np.zeros(x.size, dtype=bool)
        for i in range(x.size):
            mask[i] = rng.random() >= p  # random() is never 1
        cache["bits"] = np.packbits(mask)
        y[~mask.reshape(x.shape)] = 0
        if p < 1:
            y /= 1 - p
    return y, cache


def dropout_backward(dy, cache):
    match cache:
        case {"training": True, "p": p, "bits": bits} if p < 1:
            keep = np.unpackbits(bits, count=dy.size).reshape(dy.shape)
            return dy * keep / (1 - p)
        case {"training": True}:
            return np.zeros_like(dy)
        case _:
            return dy.copy()
