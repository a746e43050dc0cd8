"""Mean squared error: loss = mean of (prediction - target)**2

The loss of regression: how far the predictions are from the targets, squared, so that both directions
count and a far miss counts most.

    prediction  any shape   what the network says
    target      that shape  what it should have said
    loss        a number    the mean over every element, not over the rows alone

The backward gets dloss, the gradient of whatever comes after with respect to the loss. It is a number, and
not always 1: a loss may be one term of several, with a weight of its own. The target is data, so it gets no
gradient.
"""

import numpy as np


def mse_forward(prediction, target):
    """prediction, target of one shape -> loss (a number), cache"""
    ### BEGIN SOLUTION
    difference = prediction - target
    loss = np.mean(difference**2)
    # MISTAKE loss-summed: loss = np.sum(difference**2)
    # MISTAKE loss-per-row: loss = np.sum(difference**2) / len(difference)
    # MISTAKE loss-not-averaged: loss = difference**2
    # MISTAKE loss-halved: loss = np.mean(difference**2) / 2
    # MISTAKE loss-rooted: loss = np.sqrt(np.mean(difference**2))
    # MISTAKE loss-absolute: loss = np.mean(np.abs(difference))
    # MISTAKE averaged-before-square: loss = np.mean(difference) ** 2
    cache = difference
    # MISTAKE target-forgotten-backward: cache = prediction
    ### END SOLUTION
    return loss, cache


def mse_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    ### BEGIN SOLUTION
    difference = cache
    dprediction = dloss * 2 * difference / difference.size
    # MISTAKE gradient-sign: dprediction = -dloss * 2 * difference / difference.size
    # MISTAKE two-forgotten: dprediction = dloss * difference / difference.size
    # MISTAKE gradient-not-averaged: dprediction = dloss * 2 * difference
    # MISTAKE gradient-per-row: dprediction = dloss * 2 * difference / len(difference)
    # MISTAKE dloss-ignored: dprediction = 2 * difference / difference.size
    # MISTAKE square-kept: dprediction = dloss * difference**2 / difference.size
    # MISTAKE gradient-of-absolute: dprediction = dloss * np.sign(difference) / difference.size
    # MISTAKE gradient-summed: dprediction = np.sum(dloss * 2 * difference / difference.size)
    ### END SOLUTION
    return dprediction
