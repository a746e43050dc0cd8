"""A recurrent layer over a whole sequence: h[t] = tanh(x[t] Wx + h[t-1] Wh + b)

The step from before, taken T times, from the first input to the last. Every step uses the same three arrays of
parameters, and hands its state on to the next.

    x    (N, T, D)   N sequences of T inputs each
    h0   (N, H)      the states before the first step
    Wx   (D, H)      weights from input to state
    Wh   (H, H)      weights from state to state: row j holds what old unit j gives to each new unit
    b    (H,)        one bias for each unit
    hs   (N, T, H)   the state after every step; hs[:, t] is made of x[:, t] and of the state before it, which is
                     hs[:, t - 1], or h0 where t is 0

T may be 1, and a few dozen. A loop over the steps is the natural way: no step can begin before the one before it.

The backward gets dhs, the gradient of the loss with respect to hs: each step's state may go into the loss
directly. It returns the gradients of x, h0, Wx, Wh and b, in this order, each in the shape of its input. Draw
three steps side by side, with every arrow, before you begin: which arrows leave the state in the middle, and in
how many places does Wh stand?
"""

import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    """x (N, T, D), h0 (N, H), Wx (D, H), Wh (H, H), b (H,) -> hs (N, T, H), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return hs, cache


def rnn_backward(dhs, cache):
    """dhs (N, T, H) -> dx (N, T, D), dh0 (N, H), dWx (D, H), dWh (H, H), db (H,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dh0, dWx, dWh, db
