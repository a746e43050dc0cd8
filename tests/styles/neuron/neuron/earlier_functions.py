import numpy as np

from neuron.sigmoid import sigmoid_backward, sigmoid_forward
from neuron.weighted_sum import weighted_sum_backward, weighted_sum_forward


def neuron_forward(x, w, b):
    zs, caches = zip(*(weighted_sum_forward(row, w, b) for row in x))
    a, last = sigmoid_forward(np.array(zs))
    return a, (caches, last)


def neuron_backward(da, cache):
    caches, last = cache
    dz = sigmoid_backward(da, last)
    parts = [weighted_sum_backward(d, c) for d, c in zip(dz, caches)]
    dx = np.stack([p[0] for p in parts])
    dw = sum(p[1] for p in parts)
    db = sum(p[2] for p in parts)
    return dx, dw, db
