import numpy as np


def minibatches(n, batch_size, rng):
    order = np.zeros(n, dtype=np.intp)
    for i in range(n):
        j = rng.integers(i, endpoint=True)
        order[i] = order[j]
        order[j] = i
    ends = list(range(batch_size, n, batch_size)) + [n]
    return [order[a:b].copy() for a, b in zip([0] + ends, ends)]
