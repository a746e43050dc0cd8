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
    ### BEGIN SOLUTION
    velocity = momentum * velocity + dw
    # MISTAKE momentum-forgotten: velocity = velocity + dw
    # MISTAKE momentum-fixed: momentum = 0.9; velocity = momentum * velocity + dw
    # MISTAKE zero-for-default: momentum = momentum or 0.9; velocity = momentum * velocity + dw
    # MISTAKE velocity-dropped: velocity = dw
    # MISTAKE gradient-damped: velocity = momentum * velocity + (1 - momentum) * dw
    # MISTAKE factors-swapped: velocity = velocity + momentum * dw
    # MISTAKE momentum-on-both: velocity = momentum * (velocity + dw)
    # MISTAKE learning-rate-in-velocity: velocity = momentum * velocity + lr * dw
    # MISTAKE minus-in-velocity: velocity = momentum * velocity - lr * dw
    # MISTAKE gradient-subtracted: velocity = momentum * velocity - dw
    # MISTAKE old-velocity-used: old = velocity; velocity = momentum * velocity + dw
    # MISTAKE velocity-not-updated: old = velocity; velocity = momentum * velocity + dw
    w = w - lr * velocity
    # MISTAKE uphill: w = w + lr * velocity
    # MISTAKE no-learning-rate: w = w - velocity
    # MISTAKE learning-rate-on-gradient-only: w = w - lr * dw - (velocity - dw)
    # MISTAKE learning-rate-in-velocity: w = w - velocity
    # MISTAKE minus-in-velocity: w = w + velocity
    # MISTAKE old-velocity-used: w = w - lr * old
    # MISTAKE velocity-not-updated: w = w - lr * velocity; velocity = old
    # MISTAKE velocity-not-used: w = w - lr * dw
    # MISTAKE look-ahead: w = w - lr * (dw + momentum * velocity)
    # MISTAKE old-weights-forgotten: w = -lr * velocity
    ### END SOLUTION
    return w, velocity
