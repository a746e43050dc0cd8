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
    ### BEGIN SOLUTION
    w = w - lr * (dw + weight_decay * w)
    # MISTAKE no-decay: w = w - lr * dw
    # MISTAKE growing: w = w - lr * (dw - weight_decay * w)
    # MISTAKE decay-without-lr: w = w - lr * dw - weight_decay * w
    # MISTAKE decay-after-step: w = (w - lr * dw) * (1 - lr * weight_decay)
    # MISTAKE factor-two: w = w - lr * (dw + 2 * weight_decay * w)
    # MISTAKE half: w = w - lr * (dw + weight_decay / 2 * w)
    # MISTAKE decay-squared: w = w - lr * (dw + weight_decay * w**2)
    # MISTAKE sign-of-weights: w = w - lr * (dw + weight_decay * np.sign(w))
    # MISTAKE decay-added-alone: w = w - lr * (dw + weight_decay)
    # MISTAKE penalty-added: w = w - lr * (dw + weight_decay / 2 * np.sum(w**2))
    # MISTAKE gradient-decayed: w = w - lr * (dw + weight_decay * dw)
    # MISTAKE uphill: w = w + lr * (dw + weight_decay * w)
    # MISTAKE no-learning-rate: w = w - (dw + weight_decay * w)
    # MISTAKE old-weights-forgotten: w = -lr * (dw + weight_decay * w)
    ### END SOLUTION
    return w
