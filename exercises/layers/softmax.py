"""Softmax: p[i] = exp(z[i]) / sum over j of exp(z[j])

Turns any numbers, one for each class, into probabilities. A larger number gets a larger probability.

    z  (..., C)   scores: any real numbers
    p  (..., C)   probabilities: between 0 and 1, and 1 in sum over the last axis

The softmax runs along the last axis, whatever stands before it: z may be one vector of shape (C,), a batch
(N, C), or a batch of sequences (N, T, C). Each row along the last axis is worked out by itself.

Scores of 1000 and of -1000 occur, and p has to be right for them, although no float holds exp(1000). What
happens to p when the same number is added to every score of a row?

The backward gets dp, the gradient of the loss with respect to p, and returns dz in the shape of z. Every
probability of a row depends on every score of that row, not only on its own.
"""

import numpy as np


def softmax_forward(z):
    """z (..., C) -> p (..., C), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return p, cache


def softmax_backward(dp, cache):
    """dp (..., C) -> dz (..., C)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
