"""Leaky rectified linear unit: a = z where z > 0, alpha * z elsewhere

A relu whose weighted sum is negative for every example gets no gradient and never moves again. Here a small
share alpha of the negative side leaks through, so there is always a way back.

    z      any shape  the weighted sums
    alpha  number     the slope on the left, 0 <= alpha < 1; at 0 this is the plain relu
    a      as z       every entry by itself

alpha is chosen by hand, not learned: it gets no gradient. At z = 0 exactly, where there is a kink, the slope
is that of the left side, as in PyTorch.

The backward gets da, the gradient of the loss with respect to a, and returns dz.
"""

import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    """z of any shape, alpha a number -> a of the shape of z, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def leaky_relu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
