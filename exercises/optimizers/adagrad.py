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
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, square_sum
