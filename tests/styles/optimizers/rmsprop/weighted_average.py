import numpy as np


def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    s = np.average([square_avg, dw**2], axis=0, weights=[alpha, 1 - alpha])
    return w - lr * (dw / (s**0.5 + eps)), s
