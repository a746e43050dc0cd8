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
    ### BEGIN SOLUTION
    y = table[ids]
    # MISTAKE columns-looked-up: y = table[:, ids]
    # MISTAKE axis-forgotten: y = np.take(table, ids)
    # MISTAKE counted-from-one: y = table[ids - 1]
    # MISTAKE ids-flattened: y = table[ids.ravel()]
    # MISTAKE ids-sorted: y = table[np.sort(ids, axis=None).reshape(ids.shape)]
    # MISTAKE rows-added-up: y = table[ids].sum(axis=-2)
    # MISTAKE rows-averaged: y = table[ids].mean(axis=-2)
    # MISTAKE scaled: y = table[ids] * np.sqrt(table.shape[1])
    # MISTAKE padding-at-zero: y = table[ids] * (ids != 0)[..., None]
    cache = (ids, table)
    ### END SOLUTION
    return y, cache


def embedding_backward(dy, cache):
    """dy (..., D) -> dtable (V, D)"""
    ### BEGIN SOLUTION
    ids, table = cache
    dtable = np.zeros(table.shape)
    # MISTAKE starts-from-table: dtable = np.array(table)
    # MISTAKE starts-from-ones: dtable = np.ones(table.shape)
    np.add.at(dtable, ids, dy)
    # MISTAKE last-one-wins: dtable[ids] += dy
    # MISTAKE first-one-wins: dtable[ids.ravel()[::-1]] = dy.reshape(-1, dy.shape[-1])[::-1]
    # MISTAKE averaged: np.add.at(dtable, ids, dy / np.bincount(ids.ravel(), minlength=len(table))[ids][..., None])
    # MISTAKE averaged-over-all: np.add.at(dtable, ids, dy / ids.size)
    # MISTAKE averaged-over-the-batch: np.add.at(dtable, ids, dy / len(ids))
    # MISTAKE counted-from-one-backward: np.add.at(dtable, ids - 1, dy)
    # MISTAKE padding-at-zero-backward: np.add.at(dtable, ids, dy * (ids != 0)[..., None])
    # MISTAKE dy-ignored: np.add.at(dtable, ids, 1.0)
    # MISTAKE times-the-row: np.add.at(dtable, ids, dy * table[ids])
    # MISTAKE every-row: dtable += dy.reshape(-1, dy.shape[-1]).sum(axis=0)
    # MISTAKE descent-in-backward: np.subtract.at(dtable, ids, dy)
    # MISTAKE out-of-step: np.add.at(dtable, ids.ravel(order="F"), dy.reshape(-1, dy.shape[-1]))
    # MISTAKE dy-passed-on: dtable = dy
    # MISTAKE used-rows-only: np.add.at(dtable, ids, dy); dtable = dtable[np.unique(ids)]
    # MISTAKE up-to-the-last-id: np.add.at(dtable, ids, dy); dtable = dtable[: ids.max() + 1]
    # MISTAKE transposed: np.add.at(dtable, ids, dy); dtable = dtable.T
    # MISTAKE first-axis-only: [dtable.__setitem__(row, dtable[row] + d) for row, d in zip(ids, dy)]
    ### END SOLUTION
    return dtable
