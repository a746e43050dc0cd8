"""Leaky rectified linear unit: a = z where z > 0, alpha * z elsewhere

A relu whose weighted sum is negative for every example gets no gradient and never moves again. Here a small
share alpha of the negative side leaks through, so there is always a way back.

    z      any shape  the weighted sums
    alpha  number     the slope on the left, 0 <= alpha < 1; at 0 this is the plain relu
    a      as z       every entry by itself

alpha is chosen by hand, not learned: it gets no gradient. At z = 0 exactly, where there is a kink, the slope
is that of the left side, as in PyTorch.

The backward gets da, the gradient of the loss with respect to a, and returns dz.
"""

import numpy as np


def leaky_relu_forward(z, alpha=0.01):
    """z of any shape, alpha a number -> a of the shape of z, cache"""
    ### BEGIN SOLUTION
    a = np.where(z > 0, z, alpha * z)
    # MISTAKE alpha-fixed: alpha = 0.01; a = np.where(z > 0, z, alpha * z)
    # MISTAKE leak-forgotten: a = np.maximum(z, 0.0)
    # MISTAKE leak-on-the-right: a = np.where(z > 0, alpha * z, z)
    # MISTAKE leak-constant: a = np.where(z > 0, z, alpha)
    # MISTAKE leak-upwards: a = np.where(z > 0, z, -alpha * z)
    # MISTAKE leak-everywhere: a = np.maximum(z, 0.0) + alpha * z
    cache = (z, alpha)
    ### END SOLUTION
    return a, cache


def leaky_relu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    ### BEGIN SOLUTION
    z, alpha = cache
    dz = da * np.where(z > 0, 1.0, alpha)
    # MISTAKE da-ignored: dz = np.where(z > 0, 1.0, alpha)
    # MISTAKE side-from-da: dz = da * np.where(da > 0, 1.0, alpha)
    # MISTAKE side-from-a: dz = da * np.where(np.where(z > 0, z, alpha * z) >= 0, 1.0, alpha)
    # MISTAKE slopes-swapped: dz = da * np.where(z > 0, alpha, 1.0)
    # MISTAKE alpha-fixed-backward: dz = da * np.where(z > 0, 1.0, 0.01)
    # MISTAKE left-blocked: dz = da * (z > 0)
    # MISTAKE one-at-zero: dz = da * np.where(z >= 0, 1.0, alpha)
    # MISTAKE zero-at-zero: dz = da * np.where(z > 0, 1.0, np.where(z < 0, alpha, 0.0))
    # MISTAKE value-for-slope: dz = da * np.where(z > 0, z, alpha * z)
    # MISTAKE slope-turned-over: dz = da * np.where(z > 0, 1.0, -alpha)
    # MISTAKE alpha-for-all: dz = da * alpha
    ### END SOLUTION
    return dz
