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
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    # MISTAKE not-shuffled: order = np.arange(n)
    # MISTAKE one-batch-in-order: order = rng.permutation(n) if batch_size < n else np.arange(n)
    # MISTAKE with-replacement: order = rng.integers(0, n, n)
    # MISTAKE counted-from-one: order = rng.permutation(n) + 1
    # MISTAKE rotated-only: order = (np.arange(n) + rng.integers(n)) % n
    # MISTAKE one-left-out: order = rng.permutation(n - 1)
    # MISTAKE own-generator: order = np.random.permutation(n)
    # MISTAKE fixed-seed: order = np.random.default_rng(0).permutation(n)
    # MISTAKE rng-copied: order = __import__("copy").deepcopy(rng).permutation(n)
    # MISTAKE batches-shuffled-only: order = np.arange(n)
    # MISTAKE shuffled-within-batches: order = np.arange(n)
    # MISTAKE every-batch-drawn-anew: order = np.arange(n)
    # MISTAKE last-filled-up: order = np.resize(rng.permutation(n), -(-n // batch_size) * batch_size)
    starts = range(0, n, batch_size)
    # MISTAKE last-dropped: starts = range(0, n - batch_size + 1, batch_size)
    # MISTAKE empty-batch: starts = range(0, n + 1, batch_size)
    # MISTAKE batches-overlap: starts = range(0, n)
    # MISTAKE first-batch-only: starts = range(1)
    batches = [order[start : start + batch_size] for start in starts]
    # MISTAKE one-too-many-in-a-batch: batches = [order[start : start + batch_size + 1] for start in starts]
    # MISTAKE one-too-few-in-a-batch: batches = [order[start : start + max(batch_size - 1, 1)] for start in starts]
    # MISTAKE evened-out: batches = np.array_split(order, -(-n // batch_size))
    # MISTAKE evened-out-larger: batches = np.array_split(order, max(n // batch_size, 1))
    # MISTAKE count-for-size: batches = [part for part in np.array_split(order, batch_size) if len(part)]
    # MISTAKE batches-shuffled-only: a = [order[s : s + batch_size] for s in starts]; batches = [a[i] for i in rng.permutation(len(a))]
    # MISTAKE shuffled-within-batches: batches = [rng.permutation(order[start : start + batch_size]) for start in starts]
    # MISTAKE every-batch-drawn-anew: batches = [rng.permutation(n)[: min(batch_size, n - start)] for start in starts]
    # MISTAKE short-batch-first: batches = [order[max(n - s - batch_size, 0) : n - s] for s in starts][::-1]
    # MISTAKE sorted-within-batches: batches = [np.sort(order[start : start + batch_size]) for start in starts]
    ### END SOLUTION
    return batches
