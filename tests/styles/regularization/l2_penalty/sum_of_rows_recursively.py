import numpy as np


def energy(w):
    return float(w) ** 2 if np.ndim(w) == 0 else sum(map(energy, w))


def pull(w, factor):
    return factor * w if np.ndim(w) == 0 else np.stack([pull(part, factor) for part in w])


def l2_penalty_forward(w, weight_decay):
    return np.float64(weight_decay * energy(w) / 2), np.array([w * 1.0, np.full(w.shape, weight_decay)])


def l2_penalty_backward(dloss, cache):
    w, k = cache
    return np.array(pull(w, float(dloss))) * k
