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
    ### BEGIN SOLUTION
    y = x @ W + b
    # MISTAKE bias-forgotten: y = x @ W
    # MISTAKE bias-subtracted: y = x @ W - b
    cache = (x, W)
    ### END SOLUTION
    return y, cache


def linear_backward(dy, cache):
    """dy (N, M) -> dx (N, D), dW (D, M), db (M,)"""
    ### BEGIN SOLUTION
    x, W = cache
    dx = dy @ W.T
    # MISTAKE weights-ignored: dx = dy @ np.ones_like(W.T)
    # MISTAKE weights-reshaped: dx = dy @ W.reshape(W.T.shape)
    dW = x.T @ dy
    # MISTAKE weights-averaged: dW = x.T @ dy / len(x)
    # MISTAKE dy-ignored: dW = x.T @ np.ones_like(dy)
    # MISTAKE x-ignored: dW = np.ones_like(x.T) @ dy
    # MISTAKE weights-transposed: dW = dy.T @ x
    # MISTAKE summed-too-early: dW = np.outer(x.sum(axis=0), dy.sum(axis=0))
    # MISTAKE inputs-reshaped: dW = x.reshape(x.shape[1], -1) @ dy
    db = dy.sum(axis=0)
    # MISTAKE bias-averaged: db = dy.mean(axis=0)
    # MISTAKE bias-not-summed: db = dy
    # MISTAKE bias-first-row: db = dy[0]
    # MISTAKE bias-ones: db = np.ones_like(dy[0])
    # MISTAKE bias-keepdims: db = dy.sum(axis=0, keepdims=True)
    # MISTAKE bias-wrong-axis: db = dy.sum(axis=1)
    # MISTAKE swapped: dx, dW, db = dW, dx, dy.sum(axis=0)
    ### END SOLUTION
    return dx, dW, db
