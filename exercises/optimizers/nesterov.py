"""Nesterov momentum: v <- momentum * v + dw, then w <- w - lr * (dw + momentum * v)

With momentum the velocity carries the parameters a good way further whatever the new gradient says.
Nesterov's idea: the part of the next move that is known already may as well be made now. The step goes along
the new gradient and the velocity together, as if the ball looked ahead to where it is about to roll.

    w         the parameters, of any shape
    dw        the gradient of the loss with respect to w, of the same shape
    velocity  v in the formula: what earlier gradients have left behind, of the same shape; zeros at first
    lr        the learning rate, a number
    momentum  the share of the old velocity that survives a step, a number from 0 to below 1

The v in the second formula is the new one, from the first. The velocity is the same as in plain momentum;
only the way in which w uses it differs. This is PyTorch's form: dw is the gradient at w itself, and nothing
has to be evaluated elsewhere. Return the new parameters and the new velocity, both in new arrays: the caller
hands the velocity back at the next step.
"""

import numpy as np


def nesterov_step(w, dw, velocity, lr, momentum=0.9):
    """w, dw, velocity of one shape -> the new w, the new velocity, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, velocity
