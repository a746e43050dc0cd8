import numpy as np
from collections import namedtuple

Kept = namedtuple("Kept", ["positions", "scale"])


def scatter(values, kept):
    out = np.zeros(np.shape(values))
    # put und take zählen durch alle Achsen
    np.put(out, kept.positions, np.take(values, kept.positions) * kept.scale)
    return out


def dropout_forward(x, p, rng, training=True):
    if training:
        coin = rng.binomial(1, 1 - p, size=x.shape)
        kept = Kept(np.flatnonzero(coin), 1 / (1 - p) if p != 1 else 0.0)
    else:
        kept = Kept(np.arange(x.size), 1.0)
    return scatter(x, kept), kept


def dropout_backward(dy, cache):
    return scatter(dy, cache)
