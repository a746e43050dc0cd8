import numpy as np


def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    # sqrt(s + g^2) is the hypotenuse over sqrt(s) and g
    root = np.hypot(np.sqrt(square_sum), dw)
    return w - lr * dw / (root + eps), square_sum + np.square(dw)
