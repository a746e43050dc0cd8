import math
from itertools import repeat

import numpy as np


def step(w, g, m, v, t, lr, b1, b2, eps, decay):
    m = math.fsum((b1 * m, g, -b1 * g))
    v = math.fsum((b2 * v, g * g, -b2 * g * g))
    m_hat = m / (1 - math.pow(b1, t))
    v_hat = v / (1 - math.pow(b2, t))
    w -= lr * decay * w
    return w - lr * m_hat / (math.sqrt(max(v_hat, 0.0)) + eps), m, v


def adamw_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.01):
    entries = (a.ravel().tolist() for a in (w, dw, m, v))
    rest = map(repeat, (t, lr, beta1, beta2, eps, weight_decay))
    columns = zip(*map(step, *entries, *rest))
    return tuple(np.array(column).reshape(w.shape) for column in columns)
