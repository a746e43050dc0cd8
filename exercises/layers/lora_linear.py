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
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def lora_linear_backward(dy, cache):
    """dy (N, M) -> dx (N, D), dA (D, r), dB (r, M)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dA, dB
