import numpy as np


def sgd_step(w, dw, lr):
    # plain C: one entry after the other
    w_flat = w.reshape(-1)
    g_flat = dw.reshape(-1)
    result = np.empty(w.shape)
    r_flat = result.reshape(-1)
    i = 0
    while i < w_flat.size:
        r_flat[i] = w_flat[i] - lr * g_flat[i]
        i += 1
    return result
