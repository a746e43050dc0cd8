import numpy as np


def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    s = np.array(square_avg)
    s += (1 - alpha) * (dw * dw - s)        # wie lerp in PyTorch

    nenner = np.empty_like(s)
    np.sqrt(s, out=nenner)
    nenner += eps

    neu = np.array(w)
    neu -= np.divide(lr * dw, nenner)
    return neu, s
