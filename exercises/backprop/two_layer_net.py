"""A two-layer network with its loss: loss = cross entropy of softmax(relu(x W1 + b1) W2 + b2)

A whole classifier in one function: a linear layer, relu, another linear layer, and the loss that says how
far the scores are from the right answers.

    x       (N, D)   N examples with D features each
    target  (N,)     the right class of each example, a whole number from 0 to C - 1
    W1, b1  (D, H), (H,)   the hidden layer
    W2, b2  (H, C), (C,)   the output layer

    z1      (N, H)   x W1 + b1
    h       (N, H)   relu of z1: z1 where it is above 0, else 0
    logits  (N, C)   h W2 + b2, with no relu after it
    loss    a number: the mean over the batch of -log(p[n, target[n]]), where p is softmax of the logits

Logits of 1000 and of -1000 occur, and the loss has to be right for them: it is large there, but not infinite.

The backward gets dloss, a number: the gradient of whatever comes after the loss. It is not always 1. From
there the gradient goes back through the network, one step at a time, to the four parameters; x and target
need none. The slope of relu at exactly 0 counts as 0. Nothing is updated here: gradients only.
"""

import numpy as np


def two_layer_net_forward(x, target, W1, b1, W2, b2):
    """x (N, D), target (N,), W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) -> loss, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def two_layer_net_backward(dloss, cache):
    """dloss a number -> dW1 (D, H), db1 (H,), dW2 (H, C), db2 (C,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dW1, db1, dW2, db2
