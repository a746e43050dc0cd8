"""Layer norm: y = gamma * (x - mean) / sqrt(var + eps) + beta, for each row by itself

Numbers that grow or drift from layer to layer make training hard. Layer norm takes one row of features, moves
it so that its mean is 0, and stretches it so that its spread is 1. Then gamma and beta, which are learned,
give each feature the scale and the place that suit it.

    x      (..., D)  any number of axes; a row is what lies along the last one
    gamma  (D,)      one scale for each feature, the same for all rows
    beta   (D,)      one shift for each feature, the same for all rows
    eps    a number  added to the variance, so that nothing is divided by 0; 1e-5 unless told
    y      (..., D)  the shape of x

mean and var belong to one row: the mean of its D numbers, and the mean of their squared distances from it
(divided by D, not by D - 1). No other row has a say in them, so a batch of one is no special case, and x may
even be a single row (D,).

A row of equal numbers occurs; its variance is 0, and y is beta there. Rows far from zero occur too: for
numbers around 1,000,000 with a spread of 3, the variance has to be as right as for any others.

The backward gets dy, of the shape of y, and returns dx, dgamma and dbeta. Every number of a row takes part in
its mean and in its variance; that is most of the work. eps gets no gradient.
"""

import numpy as np


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    """x (..., D), gamma (D,), beta (D,), eps a number -> y (..., D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def layer_norm_backward(dy, cache):
    """dy (..., D) -> dx (..., D), dgamma (D,), dbeta (D,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dgamma, dbeta
