import numpy as np


def huber_forward(prediction, target, delta=1.0):
    d = prediction - target
    m = abs(d)
    small = m <= delta
    loss = np.where(small, d ** 2 / 2, delta * (m - delta / 2)).mean()
    return loss, (d, small, delta)


def huber_backward(dloss, cache):
    d, small, delta = cache
    return dloss / d.size * np.where(small, d, delta * np.sign(d))
