"""Binary cross entropy with logits: the loss of p = sigmoid(logits), computed without p

A network's last layer gives logits, any numbers. The sigmoid p = 1 / (1 + exp(-logits)) makes probabilities
of them, and -(target * log(p) + (1 - target) * log(1 - p)) is the loss. In one function the two are better
than one after the other: in exact arithmetic the result is the same, but a computer loses it on the way.

    logits  any shape   any numbers; above 0 means "rather yes"
    target  that shape  0, 1, or a number in between
    loss    a number    the mean over every element

The result must be right for logits of -1000 and 1000, too. There exp(1000) overflows, p is rounded to 0 or 1,
and its logarithm is lost, although the loss itself is a plain number: 1000 for a logit of 1000 with target 0.
So put the sigmoid into the formula, simplify, and write the loss such that no exponent is ever positive.

The backward gets dloss, a number and not always 1. Derive the gradient with respect to the logits on paper:
it becomes far simpler than its parts. The target gets no gradient.
"""

import numpy as np


def bce_with_logits_forward(logits, target):
    """logits, target of one shape -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def bce_with_logits_backward(dloss, cache):
    """dloss (a number) -> dlogits, of the shape of logits"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dlogits
