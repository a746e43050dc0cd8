"""Residual block: y = x + relu(x W1 + b1) W2 + b2

Two linear layers with a relu between them work out what should be *added* to x, and x itself goes past them
unchanged. A block that has nothing to say adds zeros and leaves x alone, so that a hundred of them in a row
do no harm, and the gradient has a straight way back.

    x   (N, D)   N examples with D features each
    W1  (D, H)   weights of the first layer,  b1 (H,)
    W2  (H, D)   weights of the second layer, b2 (D,)
    y   (N, D)   the shape of x: only so can the two be added

There is one relu, after the first layer; none after the second, and none after the sum. Its slope at exactly
0 counts as 0.

The backward gets dy (N, D), the gradient of the loss with respect to y, and returns a gradient for each of
the five inputs, in their order and their shapes. Draw the block and count the ways from each input to y
before you start.
"""

import numpy as np


def residual_forward(x, W1, b1, W2, b2):
    """x (N, D), W1 (D, H), b1 (H,), W2 (H, D), b2 (D,) -> y (N, D), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def residual_backward(dy, cache):
    """dy (N, D) -> dx (N, D), dW1 (D, H), db1 (H,), dW2 (H, D), db2 (D,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dW1, db1, dW2, db2
