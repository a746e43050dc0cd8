"""Huber loss: a square for small errors, a straight line for large ones

With the squared error a few far misses rule the training. The Huber loss is a parabola where the error is
small, and goes on as a straight line where it is large, so that an outlier pulls, but no harder than any
other large error.

    prediction  any shape   what the network says
    target      that shape  what it should have said
    delta       a number    above 0: where the parabola ends and the line begins; 1 unless told
    loss        a number    the mean over every element of, with d = prediction - target,

        d**2 / 2                     where |d| <= delta
        delta * (|d| - delta / 2)    where |d| > delta

At |d| = delta the two pieces meet, in value and in slope, so neither is wrong there.

The backward gets dloss, a number and not always 1. The target and delta get no gradient.
"""

import numpy as np


def huber_forward(prediction, target, delta=1.0):
    """prediction, target of one shape, delta a number -> loss (a number), cache"""
    ### BEGIN SOLUTION
    difference = prediction - target
    # MISTAKE delta-ignored: difference = prediction - target; delta = 1.0
    small = np.abs(difference) <= delta
    # MISTAKE pieces-swapped: small = np.abs(difference) > delta
    # MISTAKE line-begins-at-one: small = np.abs(difference) <= 1
    # MISTAKE negative-errors-small: small = difference <= delta
    line = delta * (np.abs(difference) - delta / 2)
    # MISTAKE pieces-do-not-meet: line = delta * np.abs(difference)
    # MISTAKE half-not-scaled: line = delta * (np.abs(difference) - 0.5)
    # MISTAKE half-of-delta-forgotten: line = delta * (np.abs(difference) - delta)
    # MISTAKE line-not-scaled: line = np.abs(difference) - delta / 2
    # MISTAKE absolute-forgotten: line = delta * (difference - delta / 2)
    losses = np.where(small, difference**2 / 2, line)
    # MISTAKE half-forgotten: losses = np.where(small, difference**2, line)
    # MISTAKE nothing-at-delta: losses = np.where(small, difference**2 / 2, line) * (np.abs(difference) != delta)
    # MISTAKE divided-by-delta: losses = np.where(small, difference**2 / 2, line) / delta
    # MISTAKE always-square: losses = difference**2 / 2
    loss = losses.mean()
    # MISTAKE loss-summed: loss = losses.sum()
    # MISTAKE loss-per-row: loss = losses.sum() / len(losses)
    # MISTAKE loss-not-averaged: loss = losses
    cache = (difference, delta)
    ### END SOLUTION
    return loss, cache


def huber_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    ### BEGIN SOLUTION
    difference, delta = cache
    small = np.abs(difference) <= delta
    slope = np.where(small, difference, delta * np.sign(difference))
    # MISTAKE always-square-backward: slope = difference
    # MISTAKE sign-everywhere: slope = delta * np.sign(difference)
    # MISTAKE sign-lost: slope = np.where(small, difference, delta)
    # MISTAKE line-slope-one: slope = np.where(small, difference, np.sign(difference))
    # MISTAKE line-slope-zero: slope = np.where(small, difference, 0)
    # MISTAKE negative-errors-small-backward: slope = np.minimum(difference, delta)
    # MISTAKE two-kept: slope = np.where(small, 2 * difference, delta * np.sign(difference))
    # MISTAKE delta-ignored-backward: slope = np.clip(difference, -1, 1)
    # MISTAKE gradient-divided-by-delta: slope = np.where(small, difference / delta, np.sign(difference))
    dprediction = dloss * slope / difference.size
    # MISTAKE gradient-sign: dprediction = -dloss * slope / difference.size
    # MISTAKE gradient-not-averaged: dprediction = dloss * slope
    # MISTAKE gradient-per-row: dprediction = dloss * slope / len(difference)
    # MISTAKE dloss-ignored: dprediction = slope / difference.size
    ### END SOLUTION
    return dprediction
