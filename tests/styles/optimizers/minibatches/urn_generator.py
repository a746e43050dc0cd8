import numpy as np


def draw(urn, rng):
    while urn:
        # int() rounds down; random() is below 1
        yield urn.pop(int(rng.random() * len(urn)))


def minibatches(n, batch_size, rng):
    batches = []
    for i, index in enumerate(draw(list(range(n)), rng)):
        if i % batch_size == 0:
            batches.append([])
        batches[-1].append(index)
    return list(map(np.asarray, batches))
