"""Embedding: y[...] = table[ids[...]]

A word, a user or a product is no number that one could multiply. An embedding gives each of them a row of a
table, and looks the row up. The table is learned like any other weights.

    ids    (...)     whole numbers 0 ... V - 1, in an array of any shape
    table  (V, D)    one row of D features for each of the V things that there are
    y      (..., D)  the shape of ids, with the features as one more axis at the end

So one vector of ids (N,) gives y (N, D), and a batch of sequences (N, T) gives (N, T, D). An id may occur
several times, or once, or not at all. y is a new array: whoever changes it does not change the table.

The backward gets dy, in the shape of y, and returns dtable in the shape of table. The ids are whole numbers
and get no gradient. Look out for ids that occur more than once, and ask what happens to the rows that nobody
looked up.
"""

import numpy as np


def embedding_forward(ids, table):
    """ids (...), table (V, D) -> y (..., D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def embedding_backward(dy, cache):
    """dy (..., D) -> dtable (V, D)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dtable
