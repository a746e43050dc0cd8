"""Stochastic gradient descent: one step against the gradient

    w   an array of parameters, of any shape
    dw  the gradient of the loss with respect to w, of the same shape
    lr  the learning rate, a number: how far to go

The gradient points where the loss grows fastest, so the step goes the other way. Every parameter moves by
its own entry of dw: far where the loss is steep, little where it is flat. Return the new parameters in a
new array; the caller still needs the old ones.
"""

import numpy as np


def sgd_step(w, dw, lr):
    """w, dw of one shape, lr a number -> the new w, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return w
