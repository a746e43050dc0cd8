import numpy as np
from itertools import islice


def minibatches(n, batch_size, rng):
    keys = rng.random(n).tolist()
    order = iter(sorted(range(n), key=keys.__getitem__))
    batches = []
    while batch := list(islice(order, batch_size)):
        batches.append(np.array(batch, dtype=np.int64))
    return batches
