"""Batch norm: y = gamma * (x - mean) / sqrt(var + eps) + beta, for each feature over the batch

Each feature is moved and stretched so that over the batch its mean is 0 and its spread is 1. Then gamma and
beta, which are learned, give it the scale and the place that suit it. When the training is over there may be
no batch to take a mean of, so running averages are kept along the way and take the batch's place.

    x             (N, D)   N examples with D features each; N > 1 in training
    gamma, beta   (D,)     one scale and one shift for each feature
    running_mean  (D,)     the running averages so far
    running_var   (D,)
    momentum      number   how much of the new batch goes into them; 0.1 unless told
    eps           number   added to the variance, so that nothing is divided by 0; 1e-5 unless told
    training      True or False
    y             (N, D)

In training, mean and var are those of this batch: for each feature, the mean of its N numbers and the mean of
their squared distances from it (divided by N). y is made with them. Besides, new running averages come out:

    running = (1 - momentum) * running + momentum * (that of this batch)

and for running_var "that of this batch" is the unbiased variance, divided by N - 1, as in PyTorch. With
training=False mean and var are running_mean and running_var as they were given, and they come out
unchanged; here N may be 1.

The forward returns three arrays and the cache: (y, running_mean, running_var), cache. The running averages that
were passed in are not to be changed in place. A feature that is the same in all examples occurs, and features
far from zero too: for numbers around 1,000,000 with a spread of 3, the variance has to be right.

The backward gets dy, which belongs to y alone: no gradient comes to the running averages, and none goes
through them. It returns dx, dgamma and dbeta, for training and for evaluation alike; which of the two it
was, the cache has to know.
"""

import numpy as np


def batch_norm_forward(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    """x (N, D), the next four (D,), two numbers, a flag -> (y (N, D), running_mean (D,), running_var (D,)), cache"""
    ### BEGIN SOLUTION
    if training:
        # MISTAKE flag-ignored: if True:
        # MISTAKE flag-inverted: if not training:
        mean = x.mean(axis=0)
        # MISTAKE over-the-features: mean = x.mean(axis=1, keepdims=True)
        # MISTAKE over-everything: mean = np.full(x.shape[1], x.mean())
        var = x.var(axis=0)
        # MISTAKE over-the-features: var = x.var(axis=1, keepdims=True)
        # MISTAKE over-everything: var = np.full(x.shape[1], x.var())
        # MISTAKE unbiased-everywhere: var = x.var(axis=0, ddof=1)
        # MISTAKE mean-of-squares-less-square: var = (x**2).mean(axis=0) - mean**2
        # MISTAKE squares-added-up: var = ((x - mean) ** 2).sum(axis=0)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        # MISTAKE running-mean-not-updated: running_mean = running_mean + 0.0
        # MISTAKE momentum-turned-round: running_mean = momentum * running_mean + (1 - momentum) * x.mean(axis=0)
        # MISTAKE running-mean-replaced: running_mean = x.mean(axis=0)
        # MISTAKE running-mean-grows: running_mean = running_mean + momentum * x.mean(axis=0)
        # MISTAKE momentum-fixed: running_mean = 0.9 * running_mean + 0.1 * x.mean(axis=0)
        # MISTAKE running-in-training: old = running_mean; running_mean = (1 - momentum) * running_mean + momentum * mean; mean = old
        # MISTAKE new-running-in-training: running_mean = (1 - momentum) * running_mean + momentum * mean; mean = running_mean
        # MISTAKE momentum-0-taken-for-none: momentum = momentum or 0.1; running_mean = (1 - momentum) * running_mean + momentum * x.mean(axis=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1)
        # MISTAKE n-turned-round-in-running: running_var = (1 - momentum) * running_var + momentum * x.var(axis=0) * (len(x) - 1) / len(x)
        # MISTAKE running-var-not-updated: running_var = running_var + 0.0
        # MISTAKE momentum-turned-round: running_var = momentum * running_var + (1 - momentum) * x.var(axis=0, ddof=1)
        # MISTAKE running-var-replaced: running_var = x.var(axis=0, ddof=1)
        # MISTAKE running-var-grows: running_var = running_var + momentum * x.var(axis=0, ddof=1)
        # MISTAKE momentum-fixed: running_var = 0.9 * running_var + 0.1 * x.var(axis=0, ddof=1)
        # MISTAKE biased-in-running: running_var = (1 - momentum) * running_var + momentum * x.var(axis=0)
        # MISTAKE deviation-in-running: running_var = (1 - momentum) * running_var + momentum * x.std(axis=0, ddof=1)
        # MISTAKE eps-in-running: running_var = (1 - momentum) * running_var + momentum * (x.var(axis=0, ddof=1) + eps)
        # MISTAKE running-in-training: old = running_var; running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1); var = old
        # MISTAKE new-running-in-training: running_var = (1 - momentum) * running_var + momentum * x.var(axis=0, ddof=1); var = running_var
    else:
        mean, var = running_mean, running_var
        # MISTAKE batch-in-evaluation: mean, var = x.mean(axis=0), x.var(axis=0)
        # MISTAKE updated-in-evaluation: mean, var = running_mean, running_var; running_mean = (1 - momentum) * mean + momentum * x.mean(axis=0); running_var = (1 - momentum) * var + momentum * x.var(axis=0) * len(x) / max(len(x) - 1, 1)
    scale = 1 / np.sqrt(var + eps)
    # MISTAKE root-forgotten: scale = 1 / (var + eps)
    # MISTAKE eps-outside: scale = 1 / (np.sqrt(var) + eps)
    # MISTAKE eps-fixed: scale = 1 / np.sqrt(var + 1e-5)
    # MISTAKE eps-too-large: scale = 1 / np.sqrt(var + 1e-3)
    # MISTAKE eps-too-small: scale = 1 / np.sqrt(var + 1e-8)
    # MISTAKE eps-outside-and-fixed: scale = 1 / (np.sqrt(var) + 1e-5)
    # MISTAKE eps-forgotten: scale = 1 / np.sqrt(var)
    # MISTAKE eps-in-training-only: scale = 1 / np.sqrt(var + eps * training)
    x_hat = (x - mean) * scale
    # MISTAKE mean-not-removed: x_hat = x * scale
    y = gamma * x_hat + beta
    # MISTAKE gamma-forgotten: y = x_hat + beta
    # MISTAKE beta-forgotten: y = gamma * x_hat
    # MISTAKE beta-scaled: y = gamma * (x_hat + beta)
    # MISTAKE not-normalised-in-evaluation: y = gamma * x_hat + beta if training else gamma * x + beta
    cache = (x_hat, scale, gamma, training)
    # MISTAKE gamma-from-y: cache = (x_hat, scale, gamma, training, y)
    # MISTAKE gamma-from-x: cache = (x_hat, scale, gamma, training, x)
    # MISTAKE through-statistics-in-evaluation: cache = (x_hat, scale, gamma, True)
    # MISTAKE never-through-statistics: cache = (x_hat, scale, gamma, False)
    # MISTAKE x-for-x-hat: cache = (x, scale, gamma, training)
    ### END SOLUTION
    return (y, running_mean, running_var), cache


def batch_norm_backward(dy, cache):
    """dy (N, D) -> dx (N, D), dgamma (D,), dbeta (D,)"""
    ### BEGIN SOLUTION
    x_hat, scale, gamma, training = cache
    # MISTAKE gamma-from-y: x_hat, scale, gamma, training, seen = cache
    # MISTAKE gamma-from-x: x_hat, scale, gamma, training, seen = cache
    dgamma = (dy * x_hat).sum(axis=0)
    # MISTAKE gamma-from-y: dgamma = (dy * seen).sum(axis=0)
    # MISTAKE gamma-from-x: dgamma = (dy * seen).sum(axis=0)
    # MISTAKE gamma-without-x-hat: dgamma = dy.sum(axis=0)
    # MISTAKE gamma-averaged: dgamma = (dy * x_hat).mean(axis=0)
    # MISTAKE gamma-not-summed: dgamma = dy * x_hat
    # MISTAKE gamma-over-features: dgamma = (dy * x_hat).sum(axis=1)
    dbeta = dy.sum(axis=0)
    # MISTAKE beta-averaged: dbeta = dy.mean(axis=0)
    # MISTAKE beta-not-summed: dbeta = dy
    # MISTAKE beta-over-features: dbeta = dy.sum(axis=1)
    # MISTAKE beta-times-gamma: dbeta = (dy * gamma).sum(axis=0)
    dx_hat = dy * gamma
    # MISTAKE gamma-skipped-in-evaluation: dx_hat = dy * gamma if training else dy
    # MISTAKE gamma-skipped: dx_hat = dy
    # MISTAKE divided-by-gamma: dx_hat = dy / gamma
    if training:
        # MISTAKE through-statistics-if-batch: if len(dy) > 1:
        dx_hat = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
        # MISTAKE scale-on-the-direct-way-only: dx_hat = dx_hat - (dx_hat.mean(axis=0) + x_hat * (dx_hat * x_hat).mean(axis=0)) / scale
        # MISTAKE distance-for-x-hat: dx_hat = dx_hat - dx_hat.mean(axis=0) - x_hat / scale * (dx_hat * x_hat).mean(axis=0)
        # MISTAKE mean-held-fixed: dx_hat = dx_hat - x_hat * (dx_hat * x_hat).mean(axis=0)
        # MISTAKE variance-held-fixed: dx_hat = dx_hat - dx_hat.mean(axis=0)
        # MISTAKE sums-for-means: dx_hat = dx_hat - dx_hat.sum(axis=0) - x_hat * (dx_hat * x_hat).sum(axis=0)
        # MISTAKE means-over-the-features: dx_hat = dx_hat - dx_hat.mean(axis=1, keepdims=True) - x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
        # MISTAKE one-mean-for-all: dx_hat = dx_hat - dx_hat.mean() - x_hat * (dx_hat * x_hat).mean()
        # MISTAKE unbiased-backward: dx_hat = dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).sum(axis=0) / (len(dy) - 1)
        # MISTAKE x-hat-forgotten: dx_hat = dx_hat - dx_hat.mean(axis=0) - (dx_hat * x_hat).mean(axis=0)
        # MISTAKE x-hat-unweighted: dx_hat = dx_hat - dx_hat.mean(axis=0) - x_hat * dx_hat.mean(axis=0)
        # MISTAKE square-of-x-hat: dx_hat = dx_hat - dx_hat.mean(axis=0) - dx_hat * x_hat**2
        # MISTAKE two-kept: dx_hat = dx_hat - dx_hat.mean(axis=0) - 2 * x_hat * (dx_hat * x_hat).mean(axis=0)
        # MISTAKE plus-for-minus: dx_hat = dx_hat - dx_hat.mean(axis=0) + x_hat * (dx_hat * x_hat).mean(axis=0)
        # MISTAKE mean-plus-for-minus: dx_hat = dx_hat + dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)
    dx = scale * dx_hat
    # MISTAKE scale-forgotten-in-evaluation: dx = scale * dx_hat if training else dx_hat
    # MISTAKE scale-forgotten: dx = dx_hat
    # MISTAKE divided-by-scale: dx = dx_hat / scale
    # MISTAKE scale-twice: dx = scale**2 * dx_hat
    ### END SOLUTION
    return dx, dgamma, dbeta
