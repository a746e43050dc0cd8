"""Clipping by norm: all gradients are made shorter together if they are too long

Taken together, the gradients of a network are one long vector. Its length, the norm, is the root of the sum of
all squares, over every entry of every array. If it is too large, everything is multiplied by one factor, so that
the direction stays and only the length changes:

    total_norm = root of the sum of g**2, over all entries g of all arrays
    factor     = min(1, max_norm / (total_norm + 1e-6))

    grads     a list of arrays, the gradients of a network's parameters; each of any shape, as many as there are, and
              at least one
    max_norm  a number above 0

Return two things: a list of new arrays of the same shapes and in the same order, each the old one times factor;
and total_norm, a number, as it was before clipping. Where the factor is 1 the values stay as they are, in new
arrays all the same. The 1e-6 keeps a norm of 0 from being a divisor; it is PyTorch's. The list that came in and its
arrays stay as they were.
"""

import numpy as np


def clip_by_norm(grads, max_norm):
    """grads a list of arrays, max_norm a number -> a list of arrays of the same shapes, total_norm (a number)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return clipped, total_norm
