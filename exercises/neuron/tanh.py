"""Hyperbolic tangent: a = (exp(z) - exp(-z)) / (exp(z) + exp(-z))

Squeezes any number into the range from -1 to 1. The same S as the sigmoid's, but centred on 0: what comes in
around 0 goes out around 0, which the next layer likes.

    z  any shape  the weighted sums
    a  as z       every entry by itself

The formula above is the definition, not a recipe: at z = 1000 its exponentials do not fit into a float, while
tanh is simply 1 there, and -1 at z = -1000.

The backward gets da, the gradient of the loss with respect to a, and returns dz. No entry touches another.
"""

import numpy as np


def tanh_forward(z):
    """z of any shape -> a of the same shape, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def tanh_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
