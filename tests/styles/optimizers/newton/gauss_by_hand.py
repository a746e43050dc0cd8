import numpy as np


def newton_step(w, gradient, hessian):
    """Elimination with row swaps: a diagonal may hold zeros."""
    n = len(w)
    A = [[float(hessian[i][j]) for j in range(n)] + [float(gradient[i])] for i in range(n)]
    for k in range(n):
        p = max(range(k, n), key=lambda r: abs(A[r][k]))
        A[k], A[p] = A[p], A[k]
        for r in range(k + 1, n):
            q = A[r][k] / A[k][k]
            for c in range(k, n + 1):
                A[r][c] -= q * A[k][c]
    s = [0.0] * n
    for k in reversed(range(n)):
        s[k] = (A[k][n] - sum(A[k][c] * s[c] for c in range(k + 1, n))) / A[k][k]
    return np.array([w[i] - s[i] for i in range(n)])
