"""RMSprop: the gradient divided by the root of its recent mean square

Adagrad adds up the squares of all gradients, and its steps die out. RMSprop keeps a running average instead,
which forgets: the step size follows what the gradients are like now. Written for one parameter, with g for
its gradient and s for the average of its square:

    s <- alpha * s + (1 - alpha) * g**2
    w <- w - lr * g / (sqrt(s) + eps)

    w, dw       the parameters and the gradient g, of one shape, any
    square_avg  s in the formula: the average so far, of the same shape; zeros before the first step
    lr          the learning rate, a number
    alpha       a number from 0 to below 1: how slowly the average forgets
    eps         a small number: keeps a parameter without gradient from dividing 0 by 0

The average starts from 0 and is too small at first, which makes the first steps long; RMSprop leaves that as
it is. Return the new parameters and the new average, both in new arrays: the caller hands the average back at
the next step.
"""

import numpy as np


def rmsprop_step(w, dw, square_avg, lr, alpha=0.99, eps=1e-8):
    """w, dw, square_avg of one shape -> the new w, the new square_avg, of the same shape"""
    ### BEGIN SOLUTION
    square_avg = alpha * square_avg + (1 - alpha) * dw**2
    # MISTAKE square-not-weighted: square_avg = alpha * square_avg + dw**2
    # MISTAKE never-forgets: square_avg = square_avg + dw**2
    # MISTAKE weights-swapped: square_avg = (1 - alpha) * square_avg + alpha * dw**2
    # MISTAKE alpha-fixed: alpha = 0.99; square_avg = alpha * square_avg + (1 - alpha) * dw**2
    # MISTAKE zero-for-default: alpha = alpha or 0.99; square_avg = alpha * square_avg + (1 - alpha) * dw**2
    # MISTAKE not-squared: square_avg = alpha * square_avg + (1 - alpha) * np.abs(dw)
    # MISTAKE gradient-averaged: square_avg = alpha * square_avg + (1 - alpha) * dw
    # MISTAKE average-dropped: square_avg = (1 - alpha) * dw**2
    # MISTAKE one-average-for-all: square_avg = alpha * square_avg + (1 - alpha) * np.mean(dw**2)
    # MISTAKE weight-squared: square_avg = alpha * square_avg + ((1 - alpha) * dw) ** 2
    # MISTAKE bracket-forgotten: square_avg = alpha * square_avg + 1 - alpha * dw**2
    # MISTAKE old-average-used: old = square_avg; square_avg = alpha * square_avg + (1 - alpha) * dw**2
    # MISTAKE average-not-updated: old = square_avg; square_avg = alpha * square_avg + (1 - alpha) * dw**2
    w = w - lr * dw / (np.sqrt(square_avg) + eps)
    # MISTAKE uphill: w = w + lr * dw / (np.sqrt(square_avg) + eps)
    # MISTAKE no-learning-rate: w = w - dw / (np.sqrt(square_avg) + eps)
    # MISTAKE no-root: w = w - lr * dw / (square_avg + eps)
    # MISTAKE not-divided: w = w - lr * dw
    # MISTAKE eps-missing: w = w - lr * dw / np.sqrt(square_avg)
    # MISTAKE eps-fixed: w = w - lr * dw / (np.sqrt(square_avg) + 1e-8)
    # MISTAKE eps-added-to-step: w = w - lr * dw / np.sqrt(square_avg) + eps
    # MISTAKE eps-inside-root: w = w - lr * dw / np.sqrt(square_avg + eps)
    # MISTAKE corrected: w = w - lr * dw / (np.sqrt(square_avg / (1 - alpha)) + eps)
    # MISTAKE old-average-used: w = w - lr * dw / (np.sqrt(old) + eps)
    # MISTAKE average-not-updated: w = w - lr * dw / (np.sqrt(square_avg) + eps); square_avg = old
    # MISTAKE root-returned: w = w - lr * dw / (np.sqrt(square_avg) + eps); square_avg = np.sqrt(square_avg)
    # MISTAKE old-weights-forgotten: w = -lr * dw / (np.sqrt(square_avg) + eps)
    ### END SOLUTION
    return w, square_avg
