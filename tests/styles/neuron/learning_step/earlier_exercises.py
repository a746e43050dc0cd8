import numpy as np

from neuron.neuron import neuron_forward


def learning_step(x, y, w, b, lr):
    N = x.shape[0]
    a, _ = neuron_forward(x, w, b)
    z = np.dot(x, w) + b
    loss = (np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))).sum() / N
    grad_z = (a - y) / N
    new_w = np.copy(w)
    new_w -= lr * (grad_z[:, np.newaxis] * x).sum(axis=0)
    new_b = b - lr * np.sum(grad_z)
    return new_w, new_b, loss
