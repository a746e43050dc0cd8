import numpy as np

from backprop.numerical_gradient import numerical_gradient


def relative_error(a, b):
    largest = max(np.max(np.abs(a)), np.max(np.abs(b)))
    if largest == 0:
        return 0.0
    return np.max(np.abs(a - b)) / largest


def gradient_check(f, x, analytic, tolerance=1e-6):
    if analytic.shape != x.shape:
        return False
    numeric = numerical_gradient(f, x)
    if np.isnan(numeric).any() or np.isnan(analytic).any():
        return False
    return relative_error(numeric, analytic) <= tolerance
