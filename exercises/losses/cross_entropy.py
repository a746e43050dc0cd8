"""Softmax cross entropy: loss = mean over n of -log(softmax(logits[n])[target[n]])

The loss of choosing one class out of C. The softmax makes probabilities of each row of logits, and the loss
is minus the logarithm of the probability that the right class got: 0 if it got all, large if it got little.

    logits  (N, C)    one row of any numbers for each example
    target  (N,)      the right class of each example, a whole number from 0 to C - 1
    p       (N, C)    p[n, c] = exp(logits[n, c]) / sum over k of exp(logits[n, k])
    loss    a number  the mean over the N rows of -log(p[n, target[n]])

The result must be right for logits of -1000 and 1000, too, where exp overflows or gives 0. Adding one number
to a whole row does not change its softmax: which number makes exp safe? And a probability too small for a
float still has a logarithm that is a plain number, so work out log(p) without going through p.

The backward gets dloss, a number and not always 1, and gives the gradient with respect to the logits, (N, C).
Derive it on paper: it becomes far simpler than its parts. The target gets no gradient.
"""

import numpy as np


def cross_entropy_forward(logits, target):
    """logits (N, C), target (N,) of class ids -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def cross_entropy_backward(dloss, cache):
    """dloss (a number) -> dlogits (N, C)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dlogits
