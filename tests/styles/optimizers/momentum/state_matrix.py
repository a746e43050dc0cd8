import numpy as np


def momentum_step(w, dw, velocity, lr, momentum=0.9):
    """The state (w, v) after the step is a matrix times (w, v, g)."""
    A = np.array([[1.0, -lr * momentum, -lr],
                  [0.0, momentum, 1.0]])
    w_new, v_new = np.einsum("ij,j...->i...", A, np.stack((w, velocity, dw)))
    return w_new, v_new
