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
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def huber_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dprediction
