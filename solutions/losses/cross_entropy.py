"""Softmax cross entropy: loss = mean over n of -log(softmax(logits[n])[target[n]])

The loss of choosing one class out of C. The softmax makes probabilities of each row of logits, and the loss
is minus the logarithm of the probability that the right class got: 0 if it got all, large if it got little.

    logits  (N, C)    one row of any numbers for each example
    target  (N,)      the right class of each example, a whole number from 0 to C - 1
    p       (N, C)    p[n, c] = exp(logits[n, c]) / sum over k of exp(logits[n, k])
    loss    a number  the mean over the N rows of -log(p[n, target[n]])

The result must be right for logits of -1000 and 1000, too, where exp overflows or gives 0. Adding one number
to a whole row does not change its softmax: which number makes exp safe? And a probability too small for a
float still has a logarithm that is a plain number, so work out log(p) without going through p.

The backward gets dloss, a number and not always 1, and gives the gradient with respect to the logits, (N, C).
Derive it on paper: it becomes far simpler than its parts. The target gets no gradient.
"""

import numpy as np


def cross_entropy_forward(logits, target):
    """logits (N, C), target (N,) of class ids -> loss (a number), cache"""
    ### BEGIN SOLUTION
    shifted = logits - logits.max(axis=1, keepdims=True)
    # MISTAKE overflow: shifted = logits
    # MISTAKE one-maximum-for-all: shifted = logits - logits.max()
    # MISTAKE largest-size-taken-off: shifted = logits - np.abs(logits).max(axis=1, keepdims=True)
    # MISTAKE softmax-of-everything: shifted = logits - logits.max()
    # MISTAKE wrong-axis: shifted = logits - logits.max(axis=0, keepdims=True)
    total = np.exp(shifted).sum(axis=1, keepdims=True)
    # MISTAKE wrong-axis: total = np.exp(shifted).sum(axis=0, keepdims=True)
    # MISTAKE normalised-over-everything: total = np.exp(shifted).sum()
    # MISTAKE softmax-of-everything: total = np.exp(shifted).sum()
    log_p = shifted - np.log(total)
    # MISTAKE log-of-zero: log_p = np.log(np.exp(shifted) / total)
    # MISTAKE log-held-at-1e-8: log_p = np.log(np.maximum(np.exp(shifted) / total, 1e-8))
    # MISTAKE log-held-at-1e-12: log_p = np.log(np.maximum(np.exp(shifted) / total, 1e-12))
    # MISTAKE log-held-at-1e-15: log_p = np.log(np.maximum(np.exp(shifted) / total, 1e-15))
    # MISTAKE log-held-at-1e-300: log_p = np.log(np.maximum(np.exp(shifted) / total, 1e-300))
    picked = log_p[np.arange(len(target)), target]
    # MISTAKE maximum-in-one-term-only: picked = (logits - np.log(total))[np.arange(len(target)), target]
    # MISTAKE softmax-forgotten: picked = logits[np.arange(len(target)), target]
    # MISTAKE log-forgotten: picked = np.exp(log_p[np.arange(len(target)), target])
    # MISTAKE all-classes: picked = log_p
    # MISTAKE every-target-in-every-row: picked = log_p[:, target]
    loss = -picked.mean()
    # MISTAKE loss-sign: loss = picked.mean()
    # MISTAKE loss-summed: loss = -picked.sum()
    # MISTAKE loss-over-classes-too: loss = -picked.sum() / logits.size
    cache = (log_p, target)
    ### END SOLUTION
    return loss, cache


def cross_entropy_backward(dloss, cache):
    """dloss (a number) -> dlogits (N, C)"""
    ### BEGIN SOLUTION
    log_p, target = cache
    rows = np.arange(len(target))
    difference = np.exp(log_p)
    # MISTAKE log-not-undone: difference = log_p.copy()
    # MISTAKE other-classes-forgotten: right = np.exp(log_p[rows, target]) - 1
    # MISTAKE stops-at-the-probability: right = -1 / np.exp(log_p[rows, target])
    difference[rows, target] -= 1
    # MISTAKE target-ignored: pass
    # MISTAKE target-added: difference[rows, target] += 1
    # MISTAKE every-target-in-every-row-backward: difference[:, target] -= 1
    # MISTAKE other-classes-forgotten: difference = 0 * log_p; difference[rows, target] = right
    # MISTAKE stops-at-the-probability: difference = 0 * log_p; difference[rows, target] = right
    # MISTAKE softmax-backward-forgotten: difference = 0 * log_p; difference[rows, target] = -1
    dlogits = dloss * difference / len(target)
    # MISTAKE gradient-sign: dlogits = -dloss * difference / len(target)
    # MISTAKE gradient-not-averaged: dlogits = dloss * difference
    # MISTAKE gradient-over-classes-too: dlogits = dloss * difference / log_p.size
    # MISTAKE dloss-ignored: dlogits = difference / len(target)
    ### END SOLUTION
    return dlogits
