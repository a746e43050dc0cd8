"""Gaussian error linear unit, in its tanh form: a = z / 2 * (1 + tanh(c * (z + 0.044715 * z**3)))

A relu asks whether z is positive, and passes all of it or nothing. A GELU asks how likely z is to be larger
than a number drawn from the normal distribution, and passes that share of it. The result is a relu without a
kink: far to the right a is z, far to the left it is 0, and in between it dips a little below 0.

    z  any shape  the weighted sums
    a  as z       every entry by itself
    c  sqrt(2 / pi), a constant

The normal distribution's share has no formula in exp and tanh alone. The tanh above is a very good guess at
it, and is what many transformers use: the check wants this form, and not the one with erf.

z = 1000 and z = -1000 occur, and a and its slope have to be right there.

The backward gets da, the gradient of the loss with respect to a, and returns dz. Mind that z occurs in a more
than once.
"""

import numpy as np


def gelu_forward(z):
    """z of any shape -> a of the same shape, cache"""
    ### BEGIN SOLUTION
    c = np.sqrt(2 / np.pi)
    # MISTAKE density-for-constant: c = 1 / np.sqrt(2 * np.pi)
    # MISTAKE root-forgotten: c = 2 / np.pi
    # MISTAKE root-upside-down: c = np.sqrt(np.pi / 2)
    t = np.tanh(c * (z + 0.044715 * z**3))
    # MISTAKE cubic-term-forgotten: t = np.tanh(c * z)
    # MISTAKE square-for-cube: t = np.tanh(c * (z + 0.044715 * z**2))
    # MISTAKE brackets-missing: t = np.tanh(c * z + 0.044715 * z**3)
    # MISTAKE cube-of-the-sum: t = np.tanh(c * (z + 0.044715 * z) ** 3)
    # MISTAKE exp-overflows: e = np.exp(2 * c * (z + 0.044715 * z**3)); t = (e - 1) / (e + 1)
    a = 0.5 * z * (1 + t)
    # MISTAKE erf-form: from math import erf; a = 0.5 * z * (1 + np.vectorize(erf)(z / np.sqrt(2)))
    # MISTAKE sigmoid-form: a = 0.5 * z * (1 + np.tanh(1.702 * z / 2))
    # MISTAKE half-forgotten: a = z * (1 + t)
    # MISTAKE one-forgotten: a = 0.5 * z * t
    # MISTAKE share-alone: a = 0.5 * (1 + t)
    # MISTAKE relu-instead: a = np.maximum(z, 0.0)
    cache = z
    # MISTAKE slope-at-a: cache = a
    ### END SOLUTION
    return a, cache


def gelu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    ### BEGIN SOLUTION
    z = cache
    c = np.sqrt(2 / np.pi)
    t = np.tanh(c * (z + 0.044715 * z**3))
    # MISTAKE exp-overflows-backward: e = np.exp(2 * c * (z + 0.044715 * z**3)); t = (e - 1) / (e + 1)
    dt = (1 - t**2) * c * (1 + 3 * 0.044715 * z**2)
    # MISTAKE inner-slope-forgotten: dt = 1 - t**2
    # MISTAKE constant-forgotten: dt = (1 - t**2) * (1 + 3 * 0.044715 * z**2)
    # MISTAKE cubic-slope-forgotten: dt = (1 - t**2) * c
    # MISTAKE three-forgotten: dt = (1 - t**2) * c * (1 + 0.044715 * z**2)
    # MISTAKE power-not-lowered: dt = (1 - t**2) * c * (1 + 3 * 0.044715 * z**3)
    # MISTAKE square-forgotten: dt = (1 - t) * c * (1 + 3 * 0.044715 * z**2)
    # MISTAKE tanh-not-differentiated: dt = t * c * (1 + 3 * 0.044715 * z**2)
    # MISTAKE slope-of-sigmoid: dt = t * (1 - t) * c * (1 + 3 * 0.044715 * z**2)
    dz = da * 0.5 * (1 + t + z * dt)
    # MISTAKE share-held-fixed: dz = da * 0.5 * (1 + t)
    # MISTAKE share-only: dz = da * 0.5 * z * dt
    # MISTAKE z-forgotten: dz = da * 0.5 * (1 + t + dt)
    # MISTAKE factors-multiplied: dz = da * 0.5 * (1 + t) * dt
    # MISTAKE minus-for-plus: dz = da * 0.5 * (1 + t - z * dt)
    # MISTAKE half-of-one-term: dz = da * (0.5 * (1 + t) + z * dt)
    # MISTAKE half-forgotten-backward: dz = da * (1 + t + z * dt)
    # MISTAKE da-ignored: dz = 0.5 * (1 + t + z * dt)
    # MISTAKE slope-of-relu: dz = da * (z > 0)
    # MISTAKE slope-of-erf-form: from math import erf; dz = da * (0.5 + 0.5 * np.vectorize(erf)(z / np.sqrt(2)) + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
    ### END SOLUTION
    return dz
