"""Parametric rectified linear unit: a[n, c] = z[n, c] where it is > 0, alpha[c] * z[n, c] elsewhere

A leaky relu that learns its leak. Every channel has a slope of its own for the negative side, and all
examples share it.

    z      (N, C)  N examples with C channels each
    alpha  (C,)    one slope for each channel: learned, so it may be any number, negative or above 1
    a      (N, C)  every entry by itself

An entry of z that is exactly 0 belongs to the left side, with the slope alpha[c], as in PyTorch.

The backward gets da (N, C), the gradient of the loss with respect to a. It returns dz and, because alpha is a
parameter now, dalpha as well. Ask which entries of a would move if you turned one alpha[c].
"""

import numpy as np


def prelu_forward(z, alpha):
    """z (N, C), alpha (C,) -> a (N, C), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def prelu_backward(da, cache):
    """da (N, C) -> dz (N, C), dalpha (C,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz, dalpha
