"""Adagrad: a step size for each parameter, smaller the more gradient it has seen

Written for one parameter, with g for its gradient and s for the sum of its squares so far:

    s <- s + g**2
    w <- w - lr * g / (sqrt(s) + eps)

A parameter whose gradients were large has a large s and takes small steps. One that seldom gets any
gradient, such as the vector of a rare word, still takes large ones when its turn comes. Since s never
shrinks, all steps become shorter as the training goes on.

    w, dw       the parameters and the gradient g, of one shape, any
    square_sum  s in the formula: the sum of the squared gradients so far, of the same shape; zeros before
                the first step
    lr          the learning rate, a number
    eps         a small number: keeps a parameter that never had a gradient from dividing 0 by 0

Every parameter has a sum of its own. Return the new parameters and the new sum, both in new arrays: the
caller hands the sum back at the next step.
"""

import numpy as np


def adagrad_step(w, dw, square_sum, lr, eps=1e-10):
    """w, dw, square_sum of one shape -> the new w, the new square_sum, of the same shape"""
    ### BEGIN SOLUTION
    square_sum = square_sum + dw**2
    # MISTAKE not-squared: square_sum = square_sum + np.abs(dw)
    # MISTAKE gradient-summed: square_sum = square_sum + dw
    # MISTAKE square-dropped: square_sum = dw**2
    # MISTAKE running-average: square_sum = 0.9 * square_sum + 0.1 * dw**2
    # MISTAKE one-sum-for-all: square_sum = square_sum + np.sum(dw**2)
    # MISTAKE mean-over-all: square_sum = square_sum + np.mean(dw**2)
    # MISTAKE weights-squared: square_sum = square_sum + w**2
    # MISTAKE learning-rate-in-sum: square_sum = square_sum + (lr * dw) ** 2
    # MISTAKE old-sum-used: old = square_sum; square_sum = square_sum + dw**2
    # MISTAKE sum-not-updated: old = square_sum; square_sum = square_sum + dw**2
    w = w - lr * dw / (np.sqrt(square_sum) + eps)
    # MISTAKE uphill: w = w + lr * dw / (np.sqrt(square_sum) + eps)
    # MISTAKE no-learning-rate: w = w - dw / (np.sqrt(square_sum) + eps)
    # MISTAKE no-root: w = w - lr * dw / (square_sum + eps)
    # MISTAKE not-divided: w = w - lr * dw
    # MISTAKE multiplied: w = w - lr * dw * (np.sqrt(square_sum) + eps)
    # MISTAKE eps-missing: w = w - lr * dw / np.sqrt(square_sum)
    # MISTAKE eps-as-bound: w = w - lr * dw / np.maximum(np.sqrt(square_sum), eps)
    # MISTAKE division-skipped: w = w - lr * np.divide(dw, np.sqrt(square_sum), out=np.zeros_like(dw), where=square_sum > 0)
    # MISTAKE eps-fixed: w = w - lr * dw / (np.sqrt(square_sum) + 1e-10)
    # MISTAKE eps-added-to-step: w = w - lr * dw / np.sqrt(square_sum) + eps
    # MISTAKE eps-inside-root: w = w - lr * dw / np.sqrt(square_sum + eps)
    # MISTAKE old-sum-used: w = w - lr * dw / (np.sqrt(old) + eps)
    # MISTAKE sum-not-updated: w = w - lr * dw / (np.sqrt(square_sum) + eps); square_sum = old
    # MISTAKE root-returned: w = w - lr * dw / (np.sqrt(square_sum) + eps); square_sum = np.sqrt(square_sum)
    # MISTAKE old-weights-forgotten: w = -lr * dw / (np.sqrt(square_sum) + eps)
    ### END SOLUTION
    return w, square_sum
