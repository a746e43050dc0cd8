import math
import operator
from functools import reduce

import numpy as np


def clip_by_norm(grads, max_norm):
    """Recursion over pairs: the norm of two lists is the hypotenuse of their norms."""

    def norm(values):
        if len(values) < 2:
            return abs(values[0]) if values else 0.0
        half = len(values) // 2
        return math.hypot(norm(values[:half]), norm(values[half:]))

    total = norm([v for g in grads for v in g.ravel().tolist()])
    by_place = dict(enumerate(grads))
    new = {
        place: np.multiply(g, operator.truediv(max_norm, total + 1e-6)) if total + 1e-6 > max_norm else +g
        for place, g in by_place.items()
    }
    return [new[place] for place in sorted(new)], np.float64(total)
