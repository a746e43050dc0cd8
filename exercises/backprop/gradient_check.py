"""The gradient check: is what the backward says what nudging says?

Whoever has written a backward wants to know whether it is right. The formula gives one gradient, measuring with
central differences gives another, and the two were found in different ways: where they agree, both are right. They
never agree to the last digit, so one asks how far apart they are, compared with how large they are.

relative_error measures that, with one number for two whole arrays:

    a, b   two arrays of one shape, any
    error  the largest |a - b| of all places, divided by the largest of all |a| and all |b|; 0 where a and b are both
           zero everywhere

gradient_check measures the gradient and gives the verdict:

    f          a function: f(x) is one number, x an array of the shape that it was given here
    x          float64, with at least one axis; unchanged at the end, to the last bit
    analytic   the gradient of f at x, as somebody's formula has it
    tolerance  how large the relative error may be; 1e-6 unless told
    verdict    True or False

It is False where analytic has another shape than x, even one that NumPy would fit to it, and where there is a NaN or
an infinite number in either gradient. Central differences with a step of 1e-5 are close enough for all that is asked here; the exercise
numerical_gradient has them, and you may write `from backprop.numerical_gradient import numerical_gradient`.
"""

import numpy as np


def relative_error(a, b):
    """a, b of one shape -> a number"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return error


def gradient_check(f, x, analytic, tolerance=1e-6):
    """f a function from arrays to numbers, x of any shape, analytic an array -> True or False"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return agree
