"""Gaussian error linear unit, in its tanh form: a = z / 2 * (1 + tanh(c * (z + 0.044715 * z**3)))

A relu asks whether z is positive, and passes all of it or nothing. A GELU asks how likely z is to be larger
than a number drawn from the normal distribution, and passes that share of it. The result is a relu without a
kink: far to the right a is z, far to the left it is 0, and in between it dips a little below 0.

    z  any shape  the weighted sums
    a  as z       every entry by itself
    c  sqrt(2 / pi), a constant

The normal distribution's share has no formula in exp and tanh alone. The tanh above is a very good guess at
it, and is what many transformers use: the check wants this form, and not the one with erf.

z = 1000 and z = -1000 occur, and a and its slope have to be right there.

The backward gets da, the gradient of the loss with respect to a, and returns dz. Mind that z occurs in a more
than once.
"""

import numpy as np


def gelu_forward(z):
    """z of any shape -> a of the same shape, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def gelu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
