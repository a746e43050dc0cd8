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
    ### BEGIN SOLUTION
    a = np.tanh(z)
    # MISTAKE exp-overflows: a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    # MISTAKE sigmoid-instead: a = 1.0 / (1.0 + np.exp(-z))
    # MISTAKE half-as-steep: a = np.tanh(z / 2.0)
    # MISTAKE tangent-of-an-angle: a = np.tan(z)
    # MISTAKE clipped-at-5: a = np.tanh(np.clip(z, -5.0, 5.0))
    # MISTAKE mirrored: a = np.tanh(-z)
    cache = a
    # MISTAKE derivative-at-z: cache = z
    # MISTAKE squeezed-twice: cache = np.tanh(a)
    ### END SOLUTION
    return a, cache


def tanh_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    ### BEGIN SOLUTION
    a = cache
    dz = da * (1.0 - a**2)
    # MISTAKE da-ignored: dz = 1.0 - a**2
    # MISTAKE square-forgotten: dz = da * (1.0 - a)
    # MISTAKE square-around-all: dz = da * (1.0 - a) ** 2
    # MISTAKE derivative-of-sigmoid: dz = da * a * (1.0 - a)
    # MISTAKE derivative-of-tan: dz = da * (1.0 + a**2)
    # MISTAKE slope-of-the-middle: dz = 1.0 * da
    # MISTAKE sign-flipped: dz = da * (a**2 - 1.0)
    ### END SOLUTION
    return dz
