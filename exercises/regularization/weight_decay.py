"""Weight decay: one step of descent in which the weights also shrink

    w             the parameters, of any shape
    dw            the gradient of the loss with respect to w, of the same shape, without any penalty
    lr            the learning rate, a number
    weight_decay  a number, 0 or more: how strongly the weights are drawn towards 0

The step is the one that plain gradient descent would take on

    loss + weight_decay / 2 * sum of w**2

without anybody computing that sum: all that the step needs of it is its gradient. Return the new
parameters in a new array; the caller still needs the old ones.
"""

import numpy as np


def weight_decay_step(w, dw, lr, weight_decay):
    """w, dw of one shape, lr and weight_decay numbers -> the new w, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return w
