"""Minibatches: one epoch's examples in random order, cut into batches

An epoch sees every training example once, a batch at a time. The batches are handed out as indices, so that
inputs and targets can be picked with the same ones: x[batch], target[batch].

    n           the number of examples, from 1
    batch_size  the number of examples in a batch, from 1
    rng         a numpy.random.Generator, whose rng.random(shape), for example, draws numbers from [0, 1);
                all randomness comes from it, and from nothing else

Return a list of arrays. Each is of shape (B,) and holds whole numbers, indices from 0 to n - 1. B is
batch_size, but for the last batch, which takes what is left: it may be shorter, and it is never empty. If
batch_size is n or more, there is one batch with everything.

Over all batches every index stands exactly once. Every order of the n examples is as likely as every other:
which of them share a batch is left to chance, and so is the order within a batch. The next call with the
same rng gives another order.
"""

import numpy as np


def minibatches(n, batch_size, rng):
    """n, batch_size whole numbers from 1, rng a Generator -> list of index arrays (batch_size,), the last (B,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return batches
