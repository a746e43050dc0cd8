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
    ### BEGIN SOLUTION
    velocity = momentum * velocity + dw
    # MISTAKE momentum-forgotten: velocity = velocity + dw
    # MISTAKE momentum-fixed: momentum = 0.9; velocity = momentum * velocity + dw
    # MISTAKE zero-for-default: momentum = momentum or 0.9; velocity = momentum * velocity + dw
    # MISTAKE gradient-damped: velocity = momentum * velocity + (1 - momentum) * dw
    # MISTAKE gradient-subtracted: velocity = momentum * velocity - dw
    # MISTAKE velocity-dropped: velocity = dw
    # MISTAKE learning-rate-in-velocity: velocity = momentum * velocity + lr * dw
    # MISTAKE velocity-not-updated: old = velocity; velocity = momentum * velocity + dw
    # MISTAKE other-form: old = velocity; velocity = momentum * velocity - lr * dw
    look_ahead = dw + momentum * velocity
    # MISTAKE plain-momentum: look_ahead = velocity
    # MISTAKE gradient-left-out: look_ahead = momentum * velocity
    # MISTAKE velocity-for-gradient: look_ahead = velocity + momentum * velocity
    # MISTAKE momentum-left-out: look_ahead = dw + velocity
    # MISTAKE velocity-not-used: look_ahead = dw
    # MISTAKE momentum-on-both: look_ahead = momentum * (dw + velocity)
    # MISTAKE factors-swapped: look_ahead = momentum * dw + velocity
    # MISTAKE learning-rate-in-velocity: look_ahead = lr * dw + momentum * velocity
    # MISTAKE look-ahead-returned: look_ahead = velocity = dw + momentum * velocity
    w = w - lr * look_ahead
    # MISTAKE uphill: w = w + lr * look_ahead
    # MISTAKE no-learning-rate: w = w - look_ahead
    # MISTAKE learning-rate-in-velocity: w = w - look_ahead
    # MISTAKE velocity-not-updated: w = w - lr * look_ahead; velocity = old
    # MISTAKE learning-rate-on-gradient-only: w = w - lr * dw - momentum * velocity
    # MISTAKE brackets-forgotten: w = w - lr * dw + momentum * velocity
    # MISTAKE old-weights-forgotten: w = -lr * look_ahead
    # MISTAKE other-form: w = w - momentum * old + (1 + momentum) * velocity
    ### END SOLUTION
    return w, velocity
