"""Clipping by value: every entry of every gradient is held between -limit and limit

    grads  a list of arrays, the gradients of a network's parameters; each of any shape, as many as there are, and at
           least one
    limit  a number above 0

Return a list of new arrays, of the same shapes and in the same order, also where nothing has to be clipped. An
entry above limit becomes limit, one below -limit becomes -limit, and all others stay as they are. Infinity is
above every limit. The list that came in and its arrays stay as they were: the caller may still want to look at
them.
"""

import numpy as np


def clip_by_value(grads, limit):
    """grads a list of arrays, limit a number -> a list of arrays of the same shapes"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return clipped
