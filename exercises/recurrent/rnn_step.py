"""One step of a recurrent layer: h_next = tanh(x Wx + h Wh + b)

A recurrent layer reads a sequence, one step after the other, and keeps a state h between the steps. At each
step it looks at the new input x and at what it remembers, h, and makes of both the new state. This exercise
is one such step for a batch; every row belongs to a sequence of its own.

    x       (N, D)   the inputs at this step
    h       (N, H)   the states before it
    Wx      (D, H)   weights from input to state
    Wh      (H, H)   weights from state to state: row j holds what old unit j gives to each new unit
    b       (H,)     one bias for each unit, added to every row
    h_next  (N, H)   h_next[n] = tanh(x[n] Wx + h[n] Wh + b)

The backward gets dh_next, the gradient of the loss with respect to h_next, and returns the gradients of x, h,
Wx, Wh and b, in this order, each in the shape of its input. Wh is square, so that the shapes do not tell a
product from its transpose: here you have to know which index runs over what.
"""

import numpy as np


def rnn_step_forward(x, h, Wx, Wh, b):
    """x (N, D), h (N, H), Wx (D, H), Wh (H, H), b (H,) -> h_next (N, H), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return h_next, cache


def rnn_step_backward(dh_next, cache):
    """dh_next (N, H) -> dx (N, D), dh (N, H), dWx (D, H), dWh (H, H), db (H,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dh, dWx, dWh, db
