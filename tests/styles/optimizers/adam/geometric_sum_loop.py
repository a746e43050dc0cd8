import numpy as np


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    shape = w.shape
    w1, m1, v1 = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    # 1 - b**t = (1 - b) * (1 + b + b**2 + ... + b**(t - 1)), Horner
    c1 = c2 = 0.0
    for _ in range(int(t)):
        c1 = c1 * beta1 + 1.0
        c2 = c2 * beta2 + 1.0
    c1 *= 1 - beta1
    c2 *= 1 - beta2
    for i in np.ndindex(*shape):
        g = dw[i]
        m1[i] = beta1 * m[i] + (1 - beta1) * g
        v1[i] = beta2 * v[i] + (1 - beta2) * g * g
        w1[i] = w[i] - lr * (m1[i] / c1) / ((v1[i] / c2) ** 0.5 + eps)
    return w1, m1, v1
