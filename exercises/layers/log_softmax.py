"""Log-softmax: y[i] = log(exp(z[i]) / sum over j of exp(z[j]))

The logarithm of softmax, worked out in one go. Losses want log-probabilities, and a probability that was
rounded to 0 on the way has no logarithm any more.

    z  (..., C)   scores: any real numbers
    y  (..., C)   log-probabilities: 0 at most, and exp(y) is 1 in sum over the last axis

The sum runs along the last axis, whatever stands before it: z may be one vector of shape (C,), a batch
(N, C), or a batch of sequences (N, T, C). Each row along the last axis is worked out by itself.

Scores of 1000 and of -1000 occur. Softmax gives exactly 0 for a score that lies 2000 below the largest; its
log-softmax is -2000, an ordinary number. Before you write code, take the logarithm of the fraction on paper.

The backward gets dy, the gradient of the loss with respect to y, and returns dz in the shape of z. Every
log-probability of a row depends on every score of that row, not only on its own.
"""

import numpy as np


def log_softmax_forward(z):
    """z (..., C) -> y (..., C), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def log_softmax_backward(dy, cache):
    """dy (..., C) -> dz (..., C)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
