"""Weighted sum: z = sum over d of x[d] * w[d], plus b

What a neuron does before its activation: it weighs each feature of one example, adds all of it up, and
shifts the result by its bias.

    x  (D,)    the D features of one example
    w  (D,)    one weight for each feature
    b  number  the bias
    z  number  large where x and w point the same way

The backward gets dz, the gradient of the loss with respect to z: one number. It returns dx, dw and db, which
tell how much the loss changes with each entry of x, with each entry of w, and with b. Each gradient has the
shape of its input.
"""

import numpy as np


def weighted_sum_forward(x, w, b):
    """x (D,), w (D,), b a number -> z a number, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return z, cache


def weighted_sum_backward(dz, cache):
    """dz a number -> dx (D,), dw (D,), db a number"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dw, db
