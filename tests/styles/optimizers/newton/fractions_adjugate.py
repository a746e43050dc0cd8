from fractions import Fraction
from functools import cache

import numpy as np


def newton_step(w, gradient, hessian):
    """s_i = sum_j cofactor(j, i) g_j / det, exactly. Rows are used up from above, columns as a bit mask."""
    n = len(w)
    H = [[Fraction(float(h)) for h in row] for row in hessian]
    g = [Fraction(float(a)) for a in gradient]

    def det(rows):
        @cache
        def below(r, left):
            if r == n:
                return Fraction(1)
            free = [c for c in range(n) if left >> c & 1]
            return sum((-1) ** k * rows[r][c] * below(r + 1, left & ~(1 << c)) for k, c in enumerate(free))

        return below(0, (1 << n) - 1)

    whole = det(H)
    step = [det([row[:i] + [g[r]] + row[i + 1:] for r, row in enumerate(H)]) / whole for i in range(n)]
    return np.array([float(Fraction(float(a)) - s) for a, s in zip(w, step)])
