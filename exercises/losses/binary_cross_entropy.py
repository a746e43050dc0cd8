"""Binary cross entropy: loss = mean of -(target * log(p) + (1 - target) * log(1 - p))

The loss of a yes-or-no answer. With target 1 only log(p) counts, with target 0 only log(1 - p), with a target
in between (a soft label) each counts in part. Being sure and wrong costs most.

    prediction  any shape   p, probabilities from 0 to 1
    target      that shape  0, 1, or a number in between
    loss        a number    the mean over every element

At p = 0 and p = 1 one of the logarithms is minus infinity. PyTorch has two conventions for that, and they
are ours:

    forward    each logarithm is held at -100: where it would be less, it is -100
    backward   bring the derivative's two fractions over the one denominator p * (1 - p), and hold that at
               1e-12: where it would be less, it is 1e-12. What stands above the line stays as it is

p itself is not changed. The backward gets dloss, a number and not always 1. The target gets no gradient.
"""

import numpy as np


def binary_cross_entropy_forward(prediction, target):
    """prediction (in [0, 1]), target of one shape -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def binary_cross_entropy_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dprediction
