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
    # YOUR CODE HERE
    raise NotImplementedError()
    return (y, running_mean, running_var), cache


def batch_norm_backward(dy, cache):
    """dy (N, D) -> dx (N, D), dgamma (D,), dbeta (D,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dgamma, dbeta
