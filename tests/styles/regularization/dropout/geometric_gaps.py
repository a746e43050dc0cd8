import numpy as np


def dropped_places(n, p, rng):
    """Not a draw for every element: a draw for each gap between two dropped ones."""
    if p == 0:
        return np.empty(0, dtype=int)
    places, at = [], -1
    while (at := at + int(rng.geometric(p))) < n:
        places.append(at)
    return np.array(places, dtype=int)


def dropout_forward(x, p, rng, training=True):
    places, scale = np.empty(0, dtype=int), 1.0
    if training:
        places = dropped_places(x.size, p, rng)
        scale = 1.0 if p == 1 else 1.0 / (1.0 - p)
    y = np.ravel(x) * scale
    y[places] = 0.0
    return np.reshape(y, x.shape), [places, scale]


def dropout_backward(dy, cache):
    places, scale = cache
    dx = scale * dy.flatten()
    np.put(dx, places, 0.0)
    return dx.reshape(dy.shape)
