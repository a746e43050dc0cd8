"""Momentum: v <- momentum * v + dw, then w <- w - lr * v

Plain descent forgets each gradient once the step is taken. With momentum the parameters move like a ball
that rolls downhill: what points the same way step after step adds up to speed, what changes its sign from
step to step cancels out.

    w         the parameters, of any shape
    dw        the gradient of the loss with respect to w, of the same shape
    velocity  v in the formula: what earlier gradients have left behind, of the same shape; zeros at first
    lr        the learning rate, a number
    momentum  the share of the old velocity that survives a step, a number from 0 to below 1

Books write this in several forms, with lr or a minus sign inside the velocity. The form above is
PyTorch's, and the one to write here. Return the new parameters and the new velocity, both in new arrays:
the caller hands the velocity back at the next step.
"""

import numpy as np


def momentum_step(w, dw, velocity, lr, momentum=0.9):
    """w, dw, velocity of one shape -> the new w, the new velocity, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, velocity
