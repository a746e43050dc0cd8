import numpy as np


def embedding_forward(ids, table):
    y = table[ids] + 0.0
    back = lambda dy: np.column_stack([
        np.bincount(ids.reshape(-1), weights=dy[..., d].reshape(-1), minlength=table.shape[0])
        for d in range(table.shape[1])
    ])
    return y, back


def embedding_backward(dy, cache):
    return cache(dy)
