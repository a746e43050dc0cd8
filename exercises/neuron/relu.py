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
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def relu_backward(da, cache):
    """da, of the shape of z -> dz, of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dz
