import numpy as np
from functools import partial


def _average(alpha, s, g):
    return alpha * s + (1 - alpha) * g * g


def _move(lr, eps, w, g, s):
    return w - lr * g / (s ** 0.5 + eps)


def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    average = np.frompyfunc(partial(_average, alpha), 2, 1)
    move = np.frompyfunc(partial(_move, lr, eps), 3, 1)
    s = average(square_avg, dw)
    w = move(w, dw, s)
    return np.asarray(w, dtype=float), np.asarray(s, dtype=float)
