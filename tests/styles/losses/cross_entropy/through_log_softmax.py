import numpy as np

from layers.log_softmax import log_softmax_backward, log_softmax_forward


class Picked:
    def __init__(self, logits, target):
        self.y, self.inner = log_softmax_forward(logits)
        self.at = np.expand_dims(target, 1)

    def __float__(self):
        return float(-np.take_along_axis(self.y, self.at, axis=1).mean())

    def __call__(self, dloss):
        dy = np.zeros(self.y.shape)
        np.put_along_axis(dy, self.at, -dloss / len(dy), axis=1)
        return log_softmax_backward(dy, self.inner)


def cross_entropy_forward(logits, target):
    net = Picked(logits, target)
    return float(net), net


def cross_entropy_backward(dloss, cache):
    return cache(dloss)
