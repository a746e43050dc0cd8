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
    ### BEGIN SOLUTION
    z = np.dot(x, w) + b
    # MISTAKE bias-forgotten: z = np.dot(x, w)
    # MISTAKE bias-subtracted: z = np.dot(x, w) - b
    # MISTAKE bias-in-every-term: z = np.sum(x * w + b)
    # MISTAKE terms-not-added: z = x * w + b
    # MISTAKE terms-averaged: z = np.mean(x * w) + b
    cache = (x, w)
    ### END SOLUTION
    return z, cache


def weighted_sum_backward(dz, cache):
    """dz a number -> dx (D,), dw (D,), db a number"""
    ### BEGIN SOLUTION
    x, w = cache
    dx = dz * w
    # MISTAKE dz-ignored: dx = 1.0 * w
    # MISTAKE descent-in-backward: dx = -dz * w
    # MISTAKE features-share-one-gradient: dx = dz * np.sum(w)
    dw = dz * x
    # MISTAKE dz-ignored: dw = 1.0 * x
    # MISTAKE weights-share-one-gradient: dw = dz * np.sum(x)
    # MISTAKE weights-averaged: dw = dz * x / len(x)
    # MISTAKE descent-in-backward: dw = -dz * x
    db = dz
    # MISTAKE dz-ignored: db = 1.0
    # MISTAKE descent-in-backward: db = -dz
    # MISTAKE bias-zero: db = 0.0
    # MISTAKE bias-one: db = 1.0
    # MISTAKE bias-repeated: db = dz * np.ones_like(w)
    # MISTAKE gradients-swapped: db = dz; dx, dw = dw, dx
    ### END SOLUTION
    return dx, dw, db
