from functools import reduce
import operator as op

import numpy as np


def clip_by_norm(grads, max_norm):
    norms = [np.sqrt((g ** 2).sum()) for g in grads]
    total = reduce(np.hypot, norms, 0.0)
    factor = max_norm / max(total + 1e-6, max_norm)
    return [op.mul(factor, g) for g in grads], total
