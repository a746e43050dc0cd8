"""A sigmoid neuron on a batch: z[n] = sum over d of x[n, d] * w[d], plus b; a = sigmoid(z)

The weighted sum and the activation in one, for N examples at once. This is the smallest network there is.

    x  (N, D)  N examples with D features each
    w  (D,)    one weight for each feature, shared by all examples
    b  number  one bias, shared by all examples
    a  (N,)    one probability for each example

As before, the sigmoid has to be right for weighted sums of 1000 and of -1000. You may use your own:
`from neuron.sigmoid import sigmoid_forward`, and sigmoid_backward in the same way.

The backward gets da (N,), the gradient of the loss with respect to a. Go back the way you came: first through
the activation, then through the weighted sum. w and b served every example, so every example has a say in
their gradients; an example's own dx concerns nobody else.
"""

import numpy as np


def neuron_forward(x, w, b):
    """x (N, D), w (D,), b a number -> a (N,), cache"""
    ### BEGIN SOLUTION
    z = x @ w + b
    # MISTAKE bias-forgotten: z = x @ w
    small = np.exp(-np.abs(z))  # from 0 to 1: cannot overflow
    a = np.where(z >= 0, 1.0, small) / (1.0 + small)
    # MISTAKE exp-overflows: a = np.exp(z) / (1.0 + np.exp(z))
    # MISTAKE exponent-sign: a = 1.0 / (1.0 + np.exp(z))
    cache = (x, w, a)
    # MISTAKE activation-forgotten: cache = (x, w, a); a = z
    # MISTAKE derivative-at-z: cache = (x, w, z)
    # MISTAKE squeezed-twice: cache = (x, w, 1.0 / (1.0 + np.exp(-a)))
    ### END SOLUTION
    return a, cache


def neuron_backward(da, cache):
    """da (N,) -> dx (N, D), dw (D,), db a number"""
    ### BEGIN SOLUTION
    x, w, a = cache
    dz = da * a * (1.0 - a)
    # MISTAKE activation-skipped: dz = da
    # MISTAKE da-ignored: dz = a * (1.0 - a)
    # MISTAKE descent-in-backward: dz = -da * a * (1.0 - a)
    dx = np.outer(dz, w)
    # MISTAKE slope-missing-in-x: dx = np.outer(da, w)
    # MISTAKE x-transposed: dx = np.outer(w, dz)
    # MISTAKE x-shared: dx = np.sum(dz) * w
    dw = x.T @ dz
    # MISTAKE slope-missing-in-w: dw = x.T @ da
    # MISTAKE weights-averaged: dw = x.T @ dz / len(x)
    # MISTAKE weights-not-summed: dw = dz[:, np.newaxis] * x
    # MISTAKE weights-first-example: dw = dz[0] * x[0]
    # MISTAKE weights-sums-apart: dw = np.sum(x, axis=0) * np.sum(dz)
    db = np.sum(dz)
    # MISTAKE slope-missing-in-b: db = np.sum(da)
    # MISTAKE bias-averaged: db = np.mean(dz)
    # MISTAKE bias-not-summed: db = dz
    # MISTAKE bias-counts-examples: db = 1.0 * len(dz)
    ### END SOLUTION
    return dx, dw, db
