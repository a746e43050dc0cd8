import math

import numpy as np


def relative_error(a, b):
    top, scale = 0.0, 0.0
    for p, q in zip(a.ravel().tolist(), b.ravel().tolist()):
        if math.isnan(p) or math.isnan(q):
            return math.nan
        top = max(top, abs(p - q))
        scale = max(scale, abs(p), abs(q))
    return top / scale if scale else 0


def gradient_check(f, x, analytic, tolerance=1e-6):
    if np.shape(analytic) != np.shape(x):
        return False
    eps = 1e-5
    measured = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        plus, minus = x.copy(), x.copy()
        plus[i] += eps
        minus[i] -= eps
        measured[i] = (f(plus) - f(minus)) / (2 * eps)
    error = relative_error(measured, analytic)
    if error <= tolerance:
        return True
    else:
        return False
