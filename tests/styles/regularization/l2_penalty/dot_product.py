import numpy as np


def l2_penalty_forward(w, weight_decay):
    flat = w.reshape(-1)
    return weight_decay / 2 * np.dot(flat, flat), (w, weight_decay)


def l2_penalty_backward(dloss, cache):
    w, weight_decay = cache
    return dloss * weight_decay * w
