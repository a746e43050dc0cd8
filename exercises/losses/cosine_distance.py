"""Cosine distance: loss = mean over n of 1 - cos(a[n], b[n])

Compares directions and leaves lengths aside: 0 where a row of a and the same row of b point the same way, 1
at a right angle, 2 where they are opposite. It trains networks that turn faces or sentences into vectors.

    a     (N, D)    one vector in each row, none of them zero; lengths of 1e-4 occur
    b     (N, D)    the same
    cos   (N,)      cos[n] = sum over d of a[n, d] * b[n, d], divided by the lengths of a[n] and of b[n]
    loss  a number  the mean over the N rows of 1 - cos[n]

The length of a vector v is sqrt(sum over d of v[d]**2).

The backward gets dloss, a number and not always 1. Both a and b get a gradient. A vector stands in the
numerator and, through its length, in the denominator: both count. A picture to test the result with: making
a row longer does not change the loss, so each row of da is at a right angle to that row of a.
"""

import numpy as np


def cosine_distance_forward(a, b):
    """a (N, D), b (N, D) -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def cosine_distance_backward(dloss, cache):
    """dloss (a number) -> da (N, D), db (N, D)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return da, db
