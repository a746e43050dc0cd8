"""The chain rule: f = (x*y + exp(z)) / (1 + x**2)

A formula like this is a small network: each operation takes numbers in and hands one number on. Cut it into
steps with names of their own (the numerator, the denominator, their quotient), go through the steps in order
for the forward, and through the same steps in the opposite order for the backward.

    x, y, z  arrays of one shape, any shape
    f        the same shape; f[i] is worked out from x[i], y[i] and z[i] alone

The backward gets df, the gradient of the loss with respect to f, and returns dx, dy and dz, each in the
shape of f. Every step needs only its own derivative and what comes back from the step after it. Watch x: it
is used at two places, and a small change of x reaches f through both.
"""

import numpy as np


def chain_rule_forward(x, y, z):
    """x, y, z of one shape -> f of that shape, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return f, cache


def chain_rule_backward(df, cache):
    """df of the shape of f -> dx, dy, dz of that shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dy, dz
