"""Gradient norms: how much of the gradient is left at each layer of a deep stack

A stack of layers without biases, one after the other: a = x at first, and then for each W in weights

    a = act(a @ W)

The backward starts from the gradient at the last output and goes through the same layers in reverse. On its way
it gives a gradient for each W. How large these are, layer by layer, is the first thing to look at when a deep
network does not learn.

    x           (N, D)           a batch of N examples
    weights     a list of L >= 1 arrays; the first is (D, M1), the next (M1, M2), and so on
    activation  a str: "sigmoid", "tanh" or "relu"; it follows every W, the last one too
    dlast       (N, ML)          the gradient of the loss with respect to the last a

Return a list of L numbers, first layer first: for each W the Frobenius norm of the gradient of the loss with respect
to it, that is, the root of the sum of the squares of all entries of dW. The slope of relu at 0 is 0.
"""

import numpy as np


def gradient_norms(x, weights, activation, dlast):
    """x (N, D), weights a list of arrays, activation a str, dlast (N, ML) -> a list of numbers, first layer first"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return norms
