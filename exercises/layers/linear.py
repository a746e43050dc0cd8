"""Linear layer: y = x W + b

Every row of x is one example. The same weights W and the same bias b serve all rows.

    x  (N, D)   N examples with D features each
    W  (D, M)   one column of weights for each of the M outputs
    b  (M,)     one bias for each output, added to every row
    y  (N, M)   y[n, m] = sum over d of x[n, d] * W[d, m], plus b[m]

The backward gets dy, the gradient of the loss with respect to y, and passes it on to x, W and b. Each
gradient has the shape of its input: that alone nearly tells you which product to take. Where one entry
reached the loss along several ways, what comes back along them adds up.
"""

import numpy as np


def linear_forward(x, W, b):
    """x (N, D), W (D, M), b (M,) -> y (N, M), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def linear_backward(dy, cache):
    """dy (N, M) -> dx (N, D), dW (D, M), db (M,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dW, db
