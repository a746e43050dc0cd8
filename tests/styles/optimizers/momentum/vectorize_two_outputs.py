import numpy as np


def momentum_step(w, dw, velocity, lr, momentum=0.9):
    def one(w, g, v):
        v = v * momentum + g
        return w - lr * v, v

    step = np.vectorize(one, otypes=[float, float])
    return step(w, dw, velocity)
