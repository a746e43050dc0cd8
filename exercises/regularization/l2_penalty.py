"""L2 penalty: loss = weight_decay / 2 * sum of w**2

A network that fits its training examples too closely tends to have large weights. The penalty is added to
the loss and makes them cost something, the large ones most of all.

    w             weights, an array of any shape
    weight_decay  a number, 0 or more: how much a weight costs
    loss          one number: the sum runs over every entry of w, whatever its shape

The backward gets dloss, the gradient of the whole loss with respect to this number. It is a number too and
not always 1. It returns dw, of the shape of w; weight_decay gets no gradient, it is chosen by hand.
"""

import numpy as np


def l2_penalty_forward(w, weight_decay):
    """w of any shape, weight_decay a number -> loss, a number, and cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def l2_penalty_backward(dloss, cache):
    """dloss a number -> dw, of the shape of w"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dw
