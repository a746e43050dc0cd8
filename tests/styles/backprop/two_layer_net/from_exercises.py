import numpy as np

from layers.linear import linear_backward, linear_forward
from losses.cross_entropy import cross_entropy_backward, cross_entropy_forward
from neuron.relu import relu_backward, relu_forward


def two_layer_net_forward(x, target, W1, b1, W2, b2):
    z1, c1 = linear_forward(x, W1, b1)
    h, c2 = relu_forward(z1)
    logits, c3 = linear_forward(h, W2, b2)
    loss, c4 = cross_entropy_forward(logits, target)
    return loss, [c1, c2, c3, c4]


def two_layer_net_backward(dloss, cache):
    c1, c2, c3, c4 = cache
    dh, dW2, db2 = linear_backward(cross_entropy_backward(dloss, c4), c3)
    _, dW1, db1 = linear_backward(relu_backward(dh, c2), c1)
    return dW1, db1, dW2, db2
