"""Sigmoid: a = 1 / (1 + exp(-z))

Squeezes any number into the range from 0 to 1, so that it can be read as a probability: 0.5 at z = 0, close
to 1 far to the right, close to 0 far to the left.

    z  any shape  the weighted sums
    a  as z       every entry by itself

A float holds no number larger than about exp(709). Mind what you hand to exp: the sigmoid has to be right at
z = 1000 and at z = -1000 too, where it is 1 and 0, and never nan.

The backward gets da, the gradient of the loss with respect to a, and returns dz. No entry touches another.
"""

import numpy as np


def sigmoid_forward(z):
    """z of any shape -> a of the same shape, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def sigmoid_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
