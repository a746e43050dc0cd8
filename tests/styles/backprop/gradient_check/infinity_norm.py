import numpy as np
from numpy.linalg import norm


def _sup(v):
    return norm(np.ravel(v), np.inf)


def relative_error(a, b):
    d, s = _sup(a - b), max(_sup(a), _sup(b))
    return np.divide(d, s, out=np.zeros(()), where=s != 0)


def gradient_check(f, x, analytic, tolerance=1e-6):
    h = 1e-5
    basis = (e.reshape(x.shape) for e in np.identity(x.size) * h)
    numeric = np.array([f(x + e) - f(x - e) for e in basis]).reshape(x.shape) / (2 * h)
    match analytic.shape:
        case x.shape:
            return bool(np.less_equal(relative_error(numeric, analytic), tolerance))
        case _:
            return False
