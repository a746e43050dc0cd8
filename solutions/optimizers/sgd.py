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
    ### BEGIN SOLUTION
    w = w - lr * dw
    # MISTAKE uphill: w = w + lr * dw
    # MISTAKE no-learning-rate: w = w - dw
    # MISTAKE divided-by-learning-rate: w = w - dw / lr
    # MISTAKE learning-rate-fixed: w = w - 0.1 * dw
    # MISTAKE learning-rate-twice: w = w - lr * lr * dw
    # MISTAKE old-weights-forgotten: w = -lr * dw
    # MISTAKE sign-only: w = w - lr * np.sign(dw)
    # MISTAKE length-one: w = w - lr * dw / np.sqrt(np.sum(dw**2))
    # MISTAKE averaged: w = w - lr * dw / len(dw)
    # MISTAKE one-step-for-all: w = w - lr * dw.mean()
    # MISTAKE weights-scaled: w = w - lr * w * dw
    ### END SOLUTION
    return w
