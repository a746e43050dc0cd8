"""Sigmoid: a = 1 / (1 + exp(-z))

Squeezes any number into the range from 0 to 1, so that it can be read as a probability: 0.5 at z = 0, close
to 1 far to the right, close to 0 far to the left.

    z  any shape  the weighted sums
    a  as z       every entry by itself

A float holds no number larger than about exp(709). Mind what you hand to exp: the sigmoid has to be right at
z = 1000 and at z = -1000 too, where it is 1 and 0, and never nan.

The backward gets da, the gradient of the loss with respect to a, and returns dz. No entry touches another.
"""

import numpy as np


def sigmoid_forward(z):
    """z of any shape -> a of the same shape, cache"""
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # from 0 to 1: cannot overflow
    a = np.where(z >= 0, 1.0, small) / (1.0 + small)
    # MISTAKE exp-overflows: a = np.exp(z) / (1.0 + np.exp(z))
    # MISTAKE exponent-sign: a = 1.0 / (1.0 + np.exp(z))
    # MISTAKE brackets-missing: a = 1.0 / 1.0 + np.exp(-z)
    # MISTAKE clipped-at-10: a = 1.0 / (1.0 + np.exp(-np.clip(z, -10.0, 10.0)))
    # MISTAKE clipped-at-20: a = 1.0 / (1.0 + np.exp(-np.clip(z, -20.0, 20.0)))
    # MISTAKE tanh-instead: a = np.tanh(z)
    # MISTAKE only-one-side-stable: a = 1.0 / (1.0 + small)
    cache = a
    # MISTAKE derivative-at-z: cache = z
    # MISTAKE squeezed-twice: cache = 1.0 / (1.0 + np.exp(-a))
    ### END SOLUTION
    return a, cache


def sigmoid_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    ### BEGIN SOLUTION
    a = cache
    dz = da * a * (1.0 - a)
    # MISTAKE da-ignored: dz = a * (1.0 - a)
    # MISTAKE da-added: dz = da + a * (1.0 - a)
    # MISTAKE derivative-of-exp: dz = da * a
    # MISTAKE factor-a-missing: dz = da * (1.0 - a)
    # MISTAKE derivative-of-tanh: dz = da * (1.0 - a**2)
    # MISTAKE plus-for-minus: dz = da * a * (1.0 + a)
    # MISTAKE slope-of-the-middle: dz = da * 0.25
    # MISTAKE sign-flipped: dz = da * a * (a - 1.0)
    ### END SOLUTION
    return dz
