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
    ### BEGIN SOLUTION
    z = x @ W1 + b1
    # MISTAKE first-bias-forgotten: z = x @ W1
    h = np.maximum(z, 0)
    # MISTAKE no-relu: h = z
    # MISTAKE block-normalised: h = np.maximum(z, 0) / np.sqrt(z.shape[1])
    y = x + h @ W2 + b2
    # MISTAKE x-not-added: y = h @ W2 + b2
    # MISTAKE relu-after-sum: y = np.maximum(x + h @ W2 + b2, 0)
    # MISTAKE relu-after-second-layer: y = x + np.maximum(h @ W2 + b2, 0)
    # MISTAKE second-bias-forgotten: y = x + h @ W2
    # MISTAKE halved: y = (x + h @ W2 + b2) / 2
    # MISTAKE multiplied: y = x * (h @ W2 + b2)
    # MISTAKE x-subtracted: y = h @ W2 + b2 - x
    cache = (x, np.maximum(z, 0), W1, W2)
    # MISTAKE hidden-before-relu: cache = (x, z, W1, W2)
    # MISTAKE mask-always-true: cache = (x, np.maximum(z, 0), W1, W2, True)
    # MISTAKE slope-one-at-zero: cache = (x, np.maximum(z, 0), W1, W2, z >= 0)
    ### END SOLUTION
    return y, cache


def residual_backward(dy, cache):
    """dy (N, D) -> dx (N, D), dW1 (D, H), db1 (H,), dW2 (H, D), db2 (D,)"""
    ### BEGIN SOLUTION
    x, h, W1, W2 = cache
    # MISTAKE mask-always-true: x, h, W1, W2, _ = cache
    # MISTAKE slope-one-at-zero: x, h, W1, W2, mask = cache
    dW2 = h.T @ dy
    # MISTAKE second-weights-averaged: dW2 = h.T @ dy / len(x)
    db2 = dy.sum(axis=0)
    # MISTAKE second-bias-averaged: db2 = dy.mean(axis=0)
    # MISTAKE second-bias-not-summed: db2 = dy
    # MISTAKE second-bias-of-the-branch: db2 = (dy * (h @ W2 > 0)).sum(axis=0)
    dz = (dy @ W2.T) * (h > 0)
    # MISTAKE mask-always-true: dz = dy @ W2.T
    # MISTAKE slope-one-at-zero: dz = (dy @ W2.T) * mask
    # MISTAKE mask-of-the-gradient: dz = np.maximum(dy @ W2.T, 0)
    # MISTAKE value-for-slope: dz = (dy @ W2.T) * h
    # MISTAKE second-weights-skipped: dz = (dy @ np.ones_like(W2.T)) * (h > 0)
    # MISTAKE mask-reversed: dz = (dy @ W2.T) * (h <= 0)
    dW1 = x.T @ dz
    # MISTAKE first-weights-past-the-relu: dW1 = x.T @ (dy @ W2.T)
    # MISTAKE first-weights-averaged: dW1 = x.T @ dz / len(x)
    # MISTAKE first-weights-with-skip: dW1 = x.T @ dz + x.T @ dy @ W2.T
    db1 = dz.sum(axis=0)
    # MISTAKE first-bias-past-the-relu: db1 = (dy @ W2.T).sum(axis=0)
    # MISTAKE first-bias-averaged: db1 = dz.mean(axis=0)
    # MISTAKE first-bias-not-summed: db1 = dz
    dx = dy + dz @ W1.T
    # MISTAKE input-past-the-relu: dx = dy + dy @ W2.T @ W1.T
    # MISTAKE skip-twice: dx = 2 * dy + dz @ W1.T
    # MISTAKE skip-forgotten: dx = dz @ W1.T
    # MISTAKE branch-forgotten: dx = dy
    # MISTAKE ways-multiplied: dx = dy * (dz @ W1.T)
    # MISTAKE ways-averaged: dx = (dy + dz @ W1.T) / 2
    # MISTAKE one-for-the-skip: dx = 1 + dz @ W1.T
    # MISTAKE skip-through-relu: dx = dy * (x > 0) + dz @ W1.T
    # MISTAKE first-weights-reshaped: dx = dy + dz @ W1.reshape(W1.T.shape)
    # MISTAKE minus-for-plus: dx = dy - dz @ W1.T
    ### END SOLUTION
    return dx, dW1, db1, dW2, db2
