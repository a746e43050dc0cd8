import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    grad = np.empty(x.shape)
    it = np.nditer(x, flags=["multi_index", "zerosize_ok"], op_flags=["readwrite"])
    while not it.finished:
        i = it.multi_index
        old = float(x[i])
        try:
            x[i] = old + eps
            hi = f(x)
            x[i] = old - eps
            lo = f(x)
        finally:
            x[i] = old
        grad[i] = (hi - lo) / (2 * eps)
        it.iternext()
    return grad
