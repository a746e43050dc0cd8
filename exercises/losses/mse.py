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
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def mse_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dprediction
