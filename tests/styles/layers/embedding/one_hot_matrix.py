import numpy as np


def embedding_forward(ids, table):
    V = table.shape[0]
    hot = (np.asarray(ids)[..., None] == np.arange(V)).astype(float)
    return hot @ table, hot


def embedding_backward(dy, cache):
    V, D = cache.shape[-1], dy.shape[-1]
    return cache.reshape(-1, V).T @ dy.reshape(-1, D)
