import numpy as np


def numerical_gradient(f, x, eps=1e-5):
    """Walk down the axes; at a single number, nudge it."""
    grad = np.zeros(x.shape)

    def walk(here):
        if len(here) < x.ndim:
            for k in range(x.shape[len(here)]):
                walk(here + (k,))
            return
        kept = np.array(x[here])
        values = []
        for s in (+1, -1):
            x[here] = kept + s * eps
            values.append(f(x))
        x[here] = kept
        grad[here] = np.subtract(*values) / (2 * eps)

    walk(())
    return grad
