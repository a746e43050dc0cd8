import numpy as np


def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    # Kingma & Ba, end of section 2: no hats, but a rate for this step. eps has to be scaled with it.
    b = (1 - beta2 ** t) ** 0.5
    alpha_t = lr * b / (1 - beta1 ** t)
    w, m, v = w.copy(), m.copy(), v.copy()
    m *= beta1; m += (1 - beta1) * dw
    v *= beta2; v += (1 - beta2) * np.power(dw, 2)
    w -= lr * weight_decay * w
    w -= alpha_t * m / (np.sqrt(v) + eps * b)
    return w, m, v
