"""Parametric rectified linear unit: a[n, c] = z[n, c] where it is > 0, alpha[c] * z[n, c] elsewhere

A leaky relu that learns its leak. Every channel has a slope of its own for the negative side, and all
examples share it.

    z      (N, C)  N examples with C channels each
    alpha  (C,)    one slope for each channel: learned, so it may be any number, negative or above 1
    a      (N, C)  every entry by itself

An entry of z that is exactly 0 belongs to the left side, with the slope alpha[c], as in PyTorch.

The backward gets da (N, C), the gradient of the loss with respect to a. It returns dz and, because alpha is a
parameter now, dalpha as well. Ask which entries of a would move if you turned one alpha[c].
"""

import numpy as np


def prelu_forward(z, alpha):
    """z (N, C), alpha (C,) -> a (N, C), cache"""
    ### BEGIN SOLUTION
    a = np.where(z > 0, z, alpha * z)
    # MISTAKE larger-of-both: a = np.maximum(z, alpha * z)
    # MISTAKE leak-on-the-right: a = np.where(z > 0, alpha * z, z)
    # MISTAKE leak-constant: a = np.where(z > 0, z, alpha)
    # MISTAKE leak-upwards: a = np.where(z > 0, z, -alpha * z)
    # MISTAKE leak-everywhere: a = np.maximum(z, 0.0) + alpha * z
    cache = (z, alpha)
    ### END SOLUTION
    return a, cache


def prelu_backward(da, cache):
    """da (N, C) -> dz (N, C), dalpha (C,)"""
    ### BEGIN SOLUTION
    z, alpha = cache
    dz = da * np.where(z > 0, 1.0, alpha)
    # MISTAKE da-ignored: dz = np.where(z > 0, 1.0, alpha)
    # MISTAKE left-blocked: dz = da * (z > 0)
    # MISTAKE slopes-swapped: dz = da * np.where(z > 0, alpha, 1.0)
    # MISTAKE one-at-zero: dz = da * np.where(z >= 0, 1.0, alpha)
    # MISTAKE side-from-a: a = np.where(z > 0, z, alpha * z); dz = da * np.where(a > 0, 1.0, alpha)
    # MISTAKE alpha-everywhere: dz = da * alpha
    # MISTAKE side-from-da: dz = da * np.where(da > 0, 1.0, alpha)
    dalpha = np.sum(da * np.minimum(z, 0.0), axis=0)
    # MISTAKE da-ignored: dalpha = np.sum(np.minimum(z, 0.0), axis=0)
    # MISTAKE da-ignored-in-alpha: dalpha = np.sum(np.minimum(z, 0.0), axis=0)
    # MISTAKE alpha-averaged: dalpha = np.mean(da * np.minimum(z, 0.0), axis=0)
    # MISTAKE alpha-not-summed: dalpha = da * np.minimum(z, 0.0)
    # MISTAKE alpha-summed-over-channels: dalpha = np.sum(da * np.minimum(z, 0.0), axis=1)
    # MISTAKE alpha-one-number: dalpha = np.sum(da * np.minimum(z, 0.0))
    # MISTAKE alpha-keepdims: dalpha = np.sum(da * np.minimum(z, 0.0), axis=0, keepdims=True)
    # MISTAKE alpha-from-every-entry: dalpha = np.sum(da * z, axis=0)
    # MISTAKE alpha-from-the-right: dalpha = np.sum(da * np.maximum(z, 0.0), axis=0)
    # MISTAKE side-from-a: dalpha = np.sum(da * np.where(a > 0, 0.0, z), axis=0)
    # MISTAKE alpha-in-its-own-gradient: dalpha = np.sum(da * alpha * np.minimum(z, 0.0), axis=0)
    # MISTAKE alpha-without-z: dalpha = np.sum(da * (z <= 0), axis=0)
    ### END SOLUTION
    return dz, dalpha
