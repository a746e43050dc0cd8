import numpy as np


def _step(w, g, lr):
    if isinstance(w, list):
        return [_step(a, b, lr) for a, b in zip(w, g, strict=True)]
    return w - lr * g


def sgd_step(w, dw, lr):
    """Nested lists down to the numbers; a 0-d array is a number at once."""
    return np.array(_step(w.tolist(), dw.tolist(), lr))
