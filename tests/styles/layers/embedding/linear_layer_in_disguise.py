"""The lesson says that this is a linear layer: so take the linear layer."""
import numpy as np
from layers.linear import linear_backward, linear_forward


def embedding_forward(ids, table):
    V, D = table.shape
    hot = np.zeros((ids.size, V))
    np.put_along_axis(hot, ids.reshape(-1, 1), 1.0, axis=1)
    y, lin = linear_forward(hot, table, np.zeros(D))
    return np.reshape(y, (*ids.shape, D)), lin


def embedding_backward(dy, cache):
    _, dtable, _ = linear_backward(np.reshape(dy, (-1, dy.shape[-1])), cache)
    return dtable
