import numpy as np


def newton_step(w, gradient, hessian):
    Q, R = np.linalg.qr(hessian)
    rest = Q.T @ gradient
    new = w.astype(float).copy()
    for i in range(w.shape[0])[::-1]:
        s = rest[i] / R[i, i]
        new[i] -= s
        rest[:i] -= R[:i, i] * s
    return new
