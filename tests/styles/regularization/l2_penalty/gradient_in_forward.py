import numpy as np


def l2_penalty_forward(w, weight_decay):
    # d loss / d w once and for all: with it the loss is half of <w, gradient> (Euler, degree 2)
    gradient = np.multiply(weight_decay, w)
    loss = 0.5 * np.tensordot(w, gradient, axes=w.ndim)
    return loss, gradient


def l2_penalty_backward(dloss, cache):
    return np.multiply(dloss, cache)
