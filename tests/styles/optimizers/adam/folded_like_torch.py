import math

import numpy as np


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (dw - m) * (1 - beta1)
    v = v * beta2 + (1 - beta2) * dw * dw
    step_size = lr / (1 - beta1**t)
    denom = np.sqrt(v) / math.sqrt(1 - beta2**t) + eps
    return w - step_size * (m / denom), m, v
