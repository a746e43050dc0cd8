import numpy as np


@np.vectorize
def sgd_step(w, dw, lr):
    return w - lr * dw
