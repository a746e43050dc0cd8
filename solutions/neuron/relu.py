"""Rectified linear unit: a = max(z, 0)

Lets positive numbers pass as they are and holds everything else at 0. The most used activation in deep
networks: cheap, and it does not flatten out to the right, so gradients survive many layers.

    z  any shape  the weighted sums
    a  as z       every entry by itself

At z = 0 there is a kink and no derivative. A choice has to be made; everybody makes the same one as PyTorch:
0 is on the silent side, and its slope is 0.

The backward gets da, the gradient of the loss with respect to a, and returns dz. No entry touches another.
"""

import numpy as np


def relu_forward(z):
    """z of any shape -> a of the same shape, cache"""
    ### BEGIN SOLUTION
    a = np.maximum(z, 0.0)
    # MISTAKE maximum-of-all: a = np.max(z, 0)
    # MISTAKE minimum-kept: a = np.minimum(z, 0.0)
    # MISTAKE absolute-value: a = np.abs(z)
    # MISTAKE on-off-switch: a = (z > 0) * 1.0
    # MISTAKE capped-at-one: a = np.clip(z, 0.0, 1.0)
    cache = z
    ### END SOLUTION
    return a, cache


def relu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    ### BEGIN SOLUTION
    z = cache
    dz = da * (z > 0)
    # MISTAKE da-ignored: dz = 1.0 * (z > 0)
    # MISTAKE relu-of-da: dz = np.maximum(da, 0.0)
    # MISTAKE both-rectified: dz = np.maximum(da, 0.0) * (z > 0)
    # MISTAKE wrong-side: dz = da * (z < 0)
    # MISTAKE one-at-zero: dz = da * (z >= 0)
    # MISTAKE half-at-zero: dz = da * np.heaviside(z, 0.5)
    # MISTAKE value-for-slope: dz = da * np.maximum(z, 0.0)
    # MISTAKE minus-one-on-the-left: dz = da * np.sign(z)
    # MISTAKE everything-passes: dz = 1.0 * da
    ### END SOLUTION
    return dz
