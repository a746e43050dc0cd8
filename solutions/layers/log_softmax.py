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
    ### BEGIN SOLUTION
    shifted = z - z.max(axis=-1, keepdims=True)
    # MISTAKE overflow: shifted = z
    # MISTAKE one-maximum-for-all: shifted = z - z.max()
    y = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    # MISTAKE overflow-in-softmax: y = np.log(np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True))
    # MISTAKE log-of-softmax: exps = np.exp(shifted); y = np.log(exps / exps.sum(axis=-1, keepdims=True))
    # MISTAKE shift-halfway: y = z - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    # MISTAKE first-axis: top = z.max(axis=0); y = z - top - np.log(np.exp(z - top).sum(axis=0))
    # MISTAKE one-sum-for-all: top = z.max(); y = z - top - np.log(np.exp(z - top).sum())
    # MISTAKE sign-of-the-loss: y = np.log(np.exp(shifted).sum(axis=-1, keepdims=True)) - shifted
    # MISTAKE log-of-sum-forgotten: y = shifted - np.exp(shifted).sum(axis=-1, keepdims=True)
    # MISTAKE second-axis: along = min(1, z.ndim - 1); top = z.max(axis=along, keepdims=True); y = z - top - np.log(np.exp(z - top).sum(axis=along, keepdims=True))
    # MISTAKE saved-by-1e-12: exps = np.exp(shifted); y = np.log(exps / exps.sum(axis=-1, keepdims=True) + 1e-12)
    # MISTAKE saved-by-1e-10: exps = np.exp(shifted); y = np.log(exps / exps.sum(axis=-1, keepdims=True) + 1e-10)
    # MISTAKE saved-by-1e-8: exps = np.exp(shifted); y = np.log(exps / exps.sum(axis=-1, keepdims=True) + 1e-8)
    cache = y
    ### END SOLUTION
    return y, cache


def log_softmax_backward(dy, cache):
    """dy (..., C) -> dz (..., C)"""
    ### BEGIN SOLUTION
    p = np.exp(cache)
    # MISTAKE sign-of-the-loss: p = np.exp(-cache); dy = -dy
    # MISTAKE logarithm-kept: p = cache
    dz = dy - p * dy.sum(axis=-1, keepdims=True)
    # MISTAKE first-axis: dz = dy - p * dy.sum(axis=0)
    # MISTAKE one-sum-for-all: dz = dy - p * dy.sum()
    # MISTAKE own-score-only: dz = dy * (1 - p)
    # MISTAKE sum-held-fixed: dz = dy
    # MISTAKE dy-ignored: dz = 1 - p
    # MISTAKE dy-taken-for-a-target: dz = dy - p
    # MISTAKE cross-entropy-shortcut: dz = p - dy
    # MISTAKE softmax-backward: dz = p * (dy - (dy * p).sum(axis=-1, keepdims=True))
    # MISTAKE sum-weighted: dz = dy - p * (dy * p).sum(axis=-1, keepdims=True)
    # MISTAKE mean-for-sum: dz = dy - p * dy.mean(axis=-1, keepdims=True)
    # MISTAKE gradient-sign: dz = p * dy.sum(axis=-1, keepdims=True) - dy
    # MISTAKE plus-for-minus: dz = dy + p * dy.sum(axis=-1, keepdims=True)
    # MISTAKE rows-mixed: dz = dy - p * dy.sum()
    # MISTAKE second-axis: dz = dy - p * dy.sum(axis=min(1, dy.ndim - 1), keepdims=True)
    # MISTAKE first-axis-backward: dz = dy - p * dy.sum(axis=0)
    ### END SOLUTION
    return dz
