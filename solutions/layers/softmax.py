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
    ### BEGIN SOLUTION
    exps = np.exp(z - z.max(axis=-1, keepdims=True))
    # MISTAKE overflow: exps = np.exp(z)
    # MISTAKE one-maximum-for-all: exps = np.exp(z - z.max())
    # MISTAKE softmax-of-everything: exps = np.exp(z - z.max())
    # MISTAKE softmax-of-everything-overflows: exps = np.exp(z)
    # MISTAKE divided-by-maximum: exps = np.exp(z / z.max(axis=-1, keepdims=True))
    # MISTAKE clipped-scores: exps = np.exp(np.clip(z, -500, 500))
    p = exps / exps.sum(axis=-1, keepdims=True)
    # MISTAKE first-axis: p = exps / exps.sum(axis=0, keepdims=True)
    # MISTAKE one-sum-for-all: p = exps / exps.sum()
    # MISTAKE softmax-of-everything: p = exps / exps.sum()
    # MISTAKE softmax-of-everything-overflows: p = exps / exps.sum()
    # MISTAKE sigmoid: p = np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))
    # MISTAKE second-axis: along = min(1, z.ndim - 1); exps = np.exp(z - z.max(axis=along, keepdims=True)); p = exps / exps.sum(axis=along, keepdims=True)
    cache = p
    # MISTAKE scores-for-probabilities: cache = z
    ### END SOLUTION
    return p, cache


def softmax_backward(dp, cache):
    """dp (..., C) -> dz (..., C)"""
    ### BEGIN SOLUTION
    p = cache
    dz = p * (dp - (dp * p).sum(axis=-1, keepdims=True))
    # MISTAKE first-axis: dz = p * (dp - (dp * p).sum(axis=0, keepdims=True))
    # MISTAKE one-sum-for-all: dz = p * (dp - (dp * p).sum())
    # MISTAKE softmax-of-everything: dz = p * (dp - (dp * p).sum())
    # MISTAKE softmax-of-everything-overflows: dz = p * (dp - (dp * p).sum())
    # MISTAKE sigmoid: dz = dp * p * (1 - p)
    # MISTAKE own-score-only: dz = dp * p * (1 - p)
    # MISTAKE denominator-held-fixed: dz = dp * p
    # MISTAKE dp-ignored: dz = p * (1 - p)
    # MISTAKE sum-unweighted: dz = p * (dp - dp.sum(axis=-1, keepdims=True))
    # MISTAKE mean-for-sum: dz = p * (dp - (dp * p).mean(axis=-1, keepdims=True))
    # MISTAKE plus-for-minus: dz = p * (dp + (dp * p).sum(axis=-1, keepdims=True))
    # MISTAKE probability-forgotten: dz = dp - (dp * p).sum(axis=-1, keepdims=True)
    # MISTAKE rows-mixed: dz = p * (dp - (dp * p).sum())
    # MISTAKE cross-entropy-shortcut: dz = p - dp
    # MISTAKE second-axis: dz = p * (dp - (dp * p).sum(axis=min(1, dp.ndim - 1), keepdims=True))
    # MISTAKE first-axis-backward: dz = p * (dp - (dp * p).sum(axis=0, keepdims=True))
    ### END SOLUTION
    return dz
