import numpy as np

WORDS = np.array(["nan", "exploding", "vanishing", "ok"])


def diagnose(norms, low=1e-6, high=1e3):
    n = np.asarray(norms, dtype=float)
    with np.errstate(invalid="ignore"):
        rank = np.select([n != n, n > high, n < low], [0, 1, 2], default=3)
    return WORDS[rank.min()]
