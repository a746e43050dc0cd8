"""A multilayer perceptron: linear, relu, linear, relu, ..., linear

As many linear layers as you are given, with relu between them. What one layer puts out, the next takes in.

    x       (N, D)   N examples with D features each
    params  a list with one pair (W, b) for each layer, first layer first; a layer that takes K numbers to M
            has W (K, M) and b (M,)
    logits  (N, C)   what the last layer gives; no relu after it

The list may have one pair, in which case there is no relu at all, or twenty. One loop does for all depths.

The backward gets dlogits, the gradient of the loss with respect to the logits, and returns grads: a list
with one pair (dW, db) for each layer, in the order and the shapes of params. x needs no gradient here. The
slope of relu at exactly 0 counts as 0.

The gradient of a layer needs what came back from the layer after it, so the last layer is the first to be
worked out. Think about what the forward has to keep for that.
"""

import numpy as np


def mlp_forward(x, params):
    """x (N, D), params [(W, b), ...] -> logits (N, C), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return logits, cache


def mlp_backward(dlogits, cache):
    """dlogits (N, C) -> grads [(dW, db), ...], first layer first"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return grads
