import heapq
from itertools import count

import numpy as np


def minibatches(n, batch_size, rng):
    heap = []
    for index, tie in zip(range(n), count()):
        heapq.heappush(heap, (rng.standard_normal(), tie, index))
    batches = [[]]
    while heap:
        if len(batches[-1]) == batch_size:
            batches.append([])
        batches[-1].append(heapq.heappop(heap)[-1])
    return [np.fromiter(batch, dtype=np.uint64) for batch in batches]
