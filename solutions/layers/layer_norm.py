"""Layer norm: y = gamma * (x - mean) / sqrt(var + eps) + beta, for each row by itself

Numbers that grow or drift from layer to layer make training hard. Layer norm takes one row of features, moves
it so that its mean is 0, and stretches it so that its spread is 1. Then gamma and beta, which are learned,
give each feature the scale and the place that suit it.

    x      (..., D)  any number of axes; a row is what lies along the last one
    gamma  (D,)      one scale for each feature, the same for all rows
    beta   (D,)      one shift for each feature, the same for all rows
    eps    a number  added to the variance, so that nothing is divided by 0; 1e-5 unless told
    y      (..., D)  the shape of x

mean and var belong to one row: the mean of its D numbers, and the mean of their squared distances from it
(divided by D, not by D - 1). No other row has a say in them, so a batch of one is no special case, and x may
even be a single row (D,).

A row of equal numbers occurs; its variance is 0, and y is beta there. Rows far from zero occur too: for
numbers around 1,000,000 with a spread of 3, the variance has to be as right as for any others.

The backward gets dy, of the shape of y, and returns dx, dgamma and dbeta. Every number of a row takes part in
its mean and in its variance; that is most of the work. eps gets no gradient.
"""

import numpy as np


def layer_norm_forward(x, gamma, beta, eps=1e-5):
    """x (..., D), gamma (D,), beta (D,), eps a number -> y (..., D), cache"""
    ### BEGIN SOLUTION
    mean = x.mean(axis=-1, keepdims=True)
    # MISTAKE over-the-batch: mean = x.mean(axis=0, keepdims=True)
    # MISTAKE over-everything: mean = x.mean()
    # MISTAKE mean-not-removed: mean = 0.0
    # MISTAKE root-mean-square: mean = 0.0
    # MISTAKE middle-for-mean: mean = np.median(x, axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    # MISTAKE over-the-batch: var = x.var(axis=0, keepdims=True)
    # MISTAKE over-everything: var = x.var()
    # MISTAKE root-mean-square: var = (x**2).mean(axis=-1, keepdims=True)
    # MISTAKE unbiased: var = x.var(axis=-1, ddof=1, keepdims=True)
    # MISTAKE mean-of-squares-less-square: var = (x**2).mean(axis=-1, keepdims=True) - mean**2
    # MISTAKE squares-added-up: var = ((x - mean) ** 2).sum(axis=-1, keepdims=True)
    scale = 1 / np.sqrt(var + eps)
    # MISTAKE root-forgotten: scale = 1 / (var + eps)
    # MISTAKE eps-outside: scale = 1 / (np.sqrt(var) + eps)
    # MISTAKE eps-fixed: scale = 1 / np.sqrt(var + 1e-5)
    # MISTAKE eps-too-large: scale = 1 / np.sqrt(var + 1e-3)
    # MISTAKE eps-too-small: scale = 1 / np.sqrt(var + 1e-8)
    # MISTAKE eps-outside-and-fixed: scale = 1 / (np.sqrt(var) + 1e-5)
    # MISTAKE eps-forgotten: scale = 1 / np.sqrt(var)
    # MISTAKE eps-floor: scale = 1 / np.sqrt(np.maximum(var, eps))
    x_hat = (x - mean) * scale
    y = gamma * x_hat + beta
    # MISTAKE gamma-forgotten: y = x_hat + beta
    # MISTAKE beta-forgotten: y = gamma * x_hat
    # MISTAKE beta-scaled: y = gamma * (x_hat + beta)
    # MISTAKE one-and-gamma: y = (1 + gamma) * x_hat + beta
    cache = (x_hat, scale, gamma)
    # MISTAKE gamma-from-y: cache = (x_hat, scale, gamma, y)
    # MISTAKE gamma-from-x: cache = (x_hat, scale, gamma, x)
    # MISTAKE x-for-x-hat: cache = (x, scale, gamma)
    ### END SOLUTION
    return y, cache


def layer_norm_backward(dy, cache):
    """dy (..., D) -> dx (..., D), dgamma (D,), dbeta (D,)"""
    ### BEGIN SOLUTION
    x_hat, scale, gamma = cache
    # MISTAKE gamma-from-y: x_hat, scale, gamma, seen = cache
    # MISTAKE gamma-from-x: x_hat, scale, gamma, seen = cache
    rows = tuple(range(dy.ndim - 1))
    dgamma = (dy * x_hat).sum(axis=rows)
    # MISTAKE gamma-from-y: dgamma = (dy * seen).sum(axis=rows)
    # MISTAKE gamma-from-x: dgamma = (dy * seen).sum(axis=rows)
    # MISTAKE gamma-without-x-hat: dgamma = dy.sum(axis=rows)
    # MISTAKE gamma-averaged: dgamma = (dy * x_hat).sum(axis=rows) * len(gamma) / dy.size
    # MISTAKE gamma-first-axis-only: dgamma = (dy * x_hat).sum(axis=0)
    # MISTAKE gamma-not-summed: dgamma = dy * x_hat
    # MISTAKE gamma-over-features: dgamma = (dy * x_hat).sum(axis=-1)
    dbeta = dy.sum(axis=rows)
    # MISTAKE beta-averaged: dbeta = dy.sum(axis=rows) * len(gamma) / dy.size
    # MISTAKE beta-first-axis-only: dbeta = dy.sum(axis=0)
    # MISTAKE beta-not-summed: dbeta = dy
    # MISTAKE beta-over-features: dbeta = dy.sum(axis=-1)
    # MISTAKE beta-times-gamma: dbeta = (dy * gamma).sum(axis=rows)
    dx_hat = dy * gamma
    # MISTAKE gamma-skipped: dx_hat = dy
    # MISTAKE gamma-too-late: dx_hat = dy
    # MISTAKE divided-by-gamma: dx_hat = dy / gamma
    shift = dx_hat.mean(axis=-1, keepdims=True)
    # MISTAKE mean-held-fixed: shift = 0.0
    # MISTAKE statistics-held-fixed: shift = 0.0
    # MISTAKE sums-for-means: shift = dx_hat.sum(axis=-1, keepdims=True)
    # MISTAKE means-over-the-batch: shift = dx_hat.mean(axis=0, keepdims=True)
    # MISTAKE one-mean-for-all: shift = dx_hat.mean()
    # MISTAKE sum-for-first-mean: shift = dx_hat.sum(axis=-1, keepdims=True)
    stretch = x_hat * (dx_hat * x_hat).mean(axis=-1, keepdims=True)
    # MISTAKE distance-for-x-hat: stretch = x_hat / scale * (dx_hat * x_hat).mean(axis=-1, keepdims=True)
    # MISTAKE variance-held-fixed: stretch = 0.0
    # MISTAKE statistics-held-fixed: stretch = 0.0
    # MISTAKE sums-for-means: stretch = x_hat * (dx_hat * x_hat).sum(axis=-1, keepdims=True)
    # MISTAKE means-over-the-batch: stretch = x_hat * (dx_hat * x_hat).mean(axis=0, keepdims=True)
    # MISTAKE one-mean-for-all: stretch = x_hat * (dx_hat * x_hat).mean()
    # MISTAKE unbiased-backward: stretch = x_hat * (dx_hat * x_hat).sum(axis=-1, keepdims=True) / (len(gamma) - 1)
    # MISTAKE x-hat-forgotten: stretch = (dx_hat * x_hat).mean(axis=-1, keepdims=True)
    # MISTAKE x-hat-unweighted: stretch = x_hat * dx_hat.mean(axis=-1, keepdims=True)
    # MISTAKE square-of-x-hat: stretch = dx_hat * x_hat**2
    # MISTAKE two-kept: stretch = 2 * x_hat * (dx_hat * x_hat).mean(axis=-1, keepdims=True)
    # MISTAKE sum-for-second-mean: stretch = x_hat * (dx_hat * x_hat).sum(axis=-1, keepdims=True)
    dx = scale * (dx_hat - shift - stretch)
    # MISTAKE scale-twice: dx = scale**2 * (dx_hat - shift - stretch)
    # MISTAKE gamma-too-late: dx = gamma * scale * (dx_hat - shift - stretch)
    # MISTAKE scale-forgotten: dx = dx_hat - shift - stretch
    # MISTAKE divided-by-scale: dx = (dx_hat - shift - stretch) / scale
    # MISTAKE scale-on-the-direct-way-only: dx = scale * dx_hat - shift - stretch
    # MISTAKE plus-for-minus: dx = scale * (dx_hat - shift + stretch)
    # MISTAKE mean-plus-for-minus: dx = scale * (dx_hat + shift - stretch)
    ### END SOLUTION
    return dx, dgamma, dbeta
