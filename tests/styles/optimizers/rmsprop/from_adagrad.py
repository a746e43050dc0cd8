import numpy as np
from optimizers.adagrad import adagrad_step


def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    # Adagrad with a sum that has faded and a gradient made smaller; then lr and eps have to follow.
    k = np.sqrt(1 - alpha)
    return adagrad_step(w, k * dw, alpha * square_avg, lr / k, eps)
