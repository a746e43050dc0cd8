"""An LSTM over a whole sequence

The step from before, taken T times. Two states go from step to step: h, what is shown, and c, the memory.

    x    (N, T, D)   N sequences of T inputs each
    h0   (N, H)      what is shown before the first step
    c0   (N, H)      the memory before the first step
    Wx   (D, 4H)     weights from x, in four blocks of H columns: i, f, g, o
    Wh   (H, 4H)     weights from h, in the same blocks
    b    (4H,)       biases, in the same blocks
    hs   (N, T, H)   what is shown after every step

Each step, with h and c from the step before it (h0 and c0 at the first):

    z = x[:, t] Wx + h Wh + b,   and its blocks give   i, f, o = sigmoid of theirs,   g = tanh of its own
    c = f * c + i * g
    h = o * tanh(c)              which is hs[:, t]

The forward gives out hs alone; the memories stay inside. T may be 1, and a few dozen.

The backward gets dhs, the gradient of the loss with respect to hs, and returns the gradients of x, h0, c0, Wx,
Wh and b, in this order, each in the shape of its input. Two gradients travel back through time, one for each
state. Nothing from outside arrives at the memories: what comes back to c comes by way of h, or from the step
after it.
"""

import numpy as np


def lstm_forward(x, h0, c0, Wx, Wh, b):
    """x (N, T, D), h0, c0 (N, H), Wx (D, 4H), Wh (H, 4H), b (4H,) -> hs (N, T, H), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return hs, cache


def lstm_backward(dhs, cache):
    """dhs (N, T, H) -> dx (N, T, D), dh0, dc0 (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dh0, dc0, dWx, dWh, db
