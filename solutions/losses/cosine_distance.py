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
    ### BEGIN SOLUTION
    norm_a = np.sqrt(np.sum(a**2, axis=1, keepdims=True))
    # MISTAKE wrong-axis: norm_a = np.sqrt(np.sum(a**2, axis=0, keepdims=True))
    # MISTAKE added-to-length: norm_a = np.sqrt(np.sum(a**2, axis=1, keepdims=True)) + 1e-8
    # MISTAKE added-under-the-root: norm_a = np.sqrt(np.sum(a**2, axis=1, keepdims=True) + 1e-8)
    # MISTAKE root-forgotten: norm_a = np.sum(a**2, axis=1, keepdims=True)
    # MISTAKE lengths-forgotten: norm_a = np.ones((len(a), 1))
    # MISTAKE length-of-a-forgotten: norm_a = np.ones((len(a), 1))
    # MISTAKE one-length-for-all: norm_a = np.full((len(a), 1), np.sqrt(np.sum(a**2)))
    norm_b = np.sqrt(np.sum(b**2, axis=1, keepdims=True))
    # MISTAKE wrong-axis: norm_b = np.sqrt(np.sum(b**2, axis=0, keepdims=True))
    # MISTAKE added-to-length: norm_b = np.sqrt(np.sum(b**2, axis=1, keepdims=True)) + 1e-8
    # MISTAKE added-under-the-root: norm_b = np.sqrt(np.sum(b**2, axis=1, keepdims=True) + 1e-8)
    # MISTAKE root-forgotten: norm_b = np.sum(b**2, axis=1, keepdims=True)
    # MISTAKE lengths-forgotten: norm_b = np.ones((len(b), 1))
    # MISTAKE length-of-b-forgotten: norm_b = np.ones((len(b), 1))
    # MISTAKE one-length-for-all: norm_b = np.full((len(b), 1), np.sqrt(np.sum(b**2)))
    unit_a = a / norm_a
    unit_b = b / norm_b
    cosine = np.sum(unit_a * unit_b, axis=1, keepdims=True)
    # MISTAKE wrong-axis: cosine = np.sum(unit_a * unit_b, axis=0, keepdims=True)
    loss = np.mean(1 - cosine)
    # MISTAKE similarity: loss = np.mean(cosine)
    # MISTAKE minus-similarity: loss = -np.mean(cosine)
    # MISTAKE loss-summed: loss = np.sum(1 - cosine)
    # MISTAKE mean-over-features-too: loss = np.mean(1 - unit_a * unit_b)
    # MISTAKE absolute: loss = np.mean(1 - np.abs(cosine))
    cache = (unit_a, unit_b, norm_a, norm_b, cosine)
    ### END SOLUTION
    return loss, cache


def cosine_distance_backward(dloss, cache):
    """dloss (a number) -> da (N, D), db (N, D)"""
    ### BEGIN SOLUTION
    unit_a, unit_b, norm_a, norm_b, cosine = cache
    dcosine = -dloss / len(cosine)
    # MISTAKE gradient-sign: dcosine = dloss / len(cosine)
    # MISTAKE gradient-not-averaged: dcosine = -dloss
    # MISTAKE gradient-over-features-too: dcosine = -dloss / unit_a.size
    # MISTAKE dloss-ignored: dcosine = -1 / len(cosine)
    da = dcosine * (unit_b - cosine * unit_a) / norm_a
    # MISTAKE length-held-constant: da = dcosine * unit_b / norm_a
    # MISTAKE not-divided-by-length: da = dcosine * (unit_b - cosine * unit_a)
    # MISTAKE cosine-forgotten: da = dcosine * (unit_b - unit_a) / norm_a
    # MISTAKE divided-by-the-other-length: da = dcosine * (unit_b - cosine * unit_a) / norm_b
    # MISTAKE length-term-added: da = dcosine * (unit_b + cosine * unit_a) / norm_a
    # MISTAKE length-term-with-a: da = dcosine * (unit_b - cosine * unit_a * norm_a) / norm_a
    # MISTAKE divided-by-both-lengths: da = dcosine * (unit_b - cosine * unit_a) / (norm_a * norm_b)
    db = dcosine * (unit_a - cosine * unit_b) / norm_b
    # MISTAKE db-with-length-of-a: db = dcosine * (unit_a / norm_b - cosine * unit_b * norm_b / norm_a**2)
    # MISTAKE length-held-constant: db = dcosine * unit_a / norm_b
    # MISTAKE not-divided-by-length: db = dcosine * (unit_a - cosine * unit_b)
    # MISTAKE cosine-forgotten: db = dcosine * (unit_a - unit_b) / norm_b
    # MISTAKE divided-by-the-other-length: db = dcosine * (unit_a - cosine * unit_b) / norm_a
    # MISTAKE length-term-added: db = dcosine * (unit_a + cosine * unit_b) / norm_b
    # MISTAKE length-term-with-a: db = dcosine * (unit_a - cosine * unit_b * norm_b) / norm_b
    # MISTAKE divided-by-both-lengths: db = dcosine * (unit_a - cosine * unit_b) / (norm_a * norm_b)
    # MISTAKE swapped: da, db = dcosine * (unit_a - cosine * unit_b) / norm_b, da
    ### END SOLUTION
    return da, db
