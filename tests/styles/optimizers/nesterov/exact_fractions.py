from fractions import Fraction as F

import numpy as np


def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    """Exact arithmetic for every entry; rounded once, at the end."""
    lr, momentum = F(float(lr)), F(float(momentum))
    new_w, new_v = np.empty(np.shape(w)), np.empty(np.shape(w))
    for index in np.ndindex(np.shape(w)):
        g = F(float(dw[index]))
        v = momentum * F(float(velocity[index])) + g
        new_v[index] = float(v)
        new_w[index] = float(F(float(w[index])) - lr * (g + momentum * v))
    return new_w, new_v
