import numpy as np


def newton_step(w, gradient, hessian):
    """Cramer's rule with logarithms of the determinants, since those can get large."""
    sign, log = np.linalg.slogdet(hessian)

    def share(k):
        column = np.arange(w.size) == k
        s, lg = np.linalg.slogdet(np.where(column, gradient[:, None], hessian))
        return s * sign * np.exp(lg - log)

    return np.subtract(w, np.fromiter(map(share, range(w.size)), float))
