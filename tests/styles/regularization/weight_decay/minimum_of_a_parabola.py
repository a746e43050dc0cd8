import numpy as np


def weight_decay_step(w, dw, lr, weight_decay):
    """The step goes to the minimum over u of  g . u + |u - w|^2 / (2 lr),  g of the whole loss.

    That is where a linear form in (w, dw) says: the solution of (1 / lr) u = (1 / lr - decay) w - dw.
    """
    if lr == 0:
        return w.copy()
    rows = np.vstack([np.ravel(w), np.ravel(dw)])
    u = np.array([1 / lr - weight_decay, -1.0]) @ rows * lr
    return u.reshape(np.shape(w))
