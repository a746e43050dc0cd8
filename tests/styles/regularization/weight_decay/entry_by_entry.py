import numpy as np


def weight_decay_step(w, dw, lr, weight_decay):
    out = np.empty_like(w, dtype=np.double)
    for index, value in np.ndenumerate(w):
        pull = float(dw[index]) + weight_decay * float(value)
        out[index] = float(value) - lr * pull
    return out
