import numpy as np


def minibatches(n, batch_size, rng):
    batches = []
    left = np.arange(n, dtype=np.int32)
    while left.size > batch_size:
        chosen = rng.choice(left, batch_size, replace=False, shuffle=True)
        batches.append(chosen)
        left = np.setdiff1d(left, chosen)
    batches.append(rng.permuted(left))
    return batches
