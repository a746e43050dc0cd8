import numpy as np


def act(z, name):
    """the value and the slope"""
    if name == "relu":
        return np.where(z > 0, z, 0.0), np.where(z > 0, 1.0, 0.0)
    if name == "tanh":
        return np.tanh(z), 1 / np.cosh(np.clip(z, -300, 300)) ** 2
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e), e / (1 + e) ** 2


def descend(a, weights, name, dlast):
    """-> the gradient at a, and the norms from here on"""
    if not weights:
        return dlast, []
    W, *rest = weights
    value, slope = act(a.dot(W), name)
    d, norms = descend(value, rest, name, dlast)
    dz = d * slope
    return dz.dot(W.T), [float(np.sqrt(np.sum(a.T.dot(dz) ** 2)))] + norms


def gradient_norms(x, weights, activation, dlast):
    return descend(x, list(weights), activation, dlast)[1]
