"""Linear layer with a low-rank adapter: y = x W + scale * (x A) B

A large model has been trained, and W is its work. To teach it something new without touching W, two thin
matrices A and B are put beside it, and only these are trained. Their product A B has the shape of W, but as r
is small, A and B together have far fewer numbers. This is called LoRA.

    x      (N, D)    N examples with D features each
    W      (D, M)    the trained weights, frozen: they are used, and get no gradient
    A      (D, r)    takes D features down to r; r is the rank, usually much smaller than D and M
    B      (r, M)    takes them up to M outputs; all zeros at the start, so that at first nothing changes
    scale  a number  how much the adapter counts; it gets no gradient either
    y      (N, M)

There is no bias. x A has only r columns: work out (x A) B in that order, and A B, which is as large as W, need
never be made.

The backward gets dy (N, M), the gradient of the loss with respect to y, and returns dx, dA and dB. W gets no
gradient, but it is not out of the game.
"""

import numpy as np


def lora_linear_forward(x, W, A, B, scale):
    """x (N, D), W (D, M), A (D, r), B (r, M), scale a number -> y (N, M), cache"""
    ### BEGIN SOLUTION
    low = x @ A
    y = x @ W + scale * (low @ B)
    # MISTAKE adapter-forgotten: y = x @ W
    # MISTAKE adapter-alone: y = scale * (low @ B)
    # MISTAKE scale-forgotten: y = x @ W + low @ B
    # MISTAKE scale-on-everything: y = scale * (x @ W + low @ B)
    # MISTAKE divided-by-rank: y = x @ W + scale / A.shape[1] * (low @ B)
    # MISTAKE scale-twice: y = x @ W + scale**2 * (low @ B)
    # MISTAKE relu-between: y = x @ W + scale * (np.maximum(low, 0) @ B)
    # MISTAKE adapter-subtracted: y = x @ W - scale * (low @ B)
    # MISTAKE adapter-after-weights: y = x @ W * (1 + scale * (low @ B))
    cache = (x, low, W, A, B, scale)
    # MISTAKE scale-kept-in-low: cache = (x, scale * low, W, A, B, scale)
    ### END SOLUTION
    return y, cache


def lora_linear_backward(dy, cache):
    """dy (N, M) -> dx (N, D), dA (D, r), dB (r, M)"""
    ### BEGIN SOLUTION
    x, low, W, A, B, scale = cache
    dlow = scale * (dy @ B.T)
    dx = dy @ W.T + dlow @ A.T
    # MISTAKE frozen-way-forgotten: dx = dlow @ A.T
    # MISTAKE adapter-way-forgotten: dx = dy @ W.T
    # MISTAKE scale-forgotten-in-dx: dx = dy @ W.T + dy @ B.T @ A.T
    # MISTAKE scale-on-both-ways: dx = scale * (dy @ W.T) + dlow @ A.T
    # MISTAKE weights-ignored: dx = dy @ np.ones_like(W.T) + dlow @ A.T
    # MISTAKE weights-reshaped: dx = dy @ W.reshape(W.T.shape) + dlow @ A.T
    # MISTAKE ways-subtracted: dx = dy @ W.T - dlow @ A.T
    # MISTAKE scale-twice-in-dx: dx = dy @ W.T + scale * (dlow @ A.T)
    dA = x.T @ dlow
    # MISTAKE scale-forgotten-in-a: dA = x.T @ (dy @ B.T)
    # MISTAKE a-without-b: dA = scale * (x.T @ dy @ np.ones_like(B.T))
    # MISTAKE a-averaged: dA = x.T @ dlow / len(x)
    # MISTAKE a-transposed: dA = dlow.T @ x
    # MISTAKE a-without-x: dA = np.ones_like(x.T) @ dlow
    # MISTAKE a-frozen: dA = np.zeros_like(A)
    # MISTAKE a-with-low: dA = A @ (low.T @ dlow)
    # MISTAKE a-scale-twice: dA = scale * (x.T @ dlow)
    dB = scale * (low.T @ dy)
    # MISTAKE scale-kept-in-low: dB = scale * (low.T @ dy)
    # MISTAKE scale-forgotten-in-b: dB = low.T @ dy
    # MISTAKE b-averaged: dB = scale * (low.T @ dy) / len(x)
    # MISTAKE b-transposed: dB = scale * (dy.T @ low)
    # MISTAKE b-without-a: dB = scale * (np.ones_like(low.T) @ dy)
    # MISTAKE b-from-x: dB = scale * (x[:, : A.shape[1]].T @ dy)
    # MISTAKE b-scale-divided: dB = low.T @ dy / scale
    # MISTAKE b-summed-too-early: dB = scale * np.outer(low.sum(axis=0), dy.sum(axis=0))
    # MISTAKE swapped: dA, dB = scale * (low.T @ dy), x.T @ dlow
    ### END SOLUTION
    return dx, dA, dB
