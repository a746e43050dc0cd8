"""One step of an LSTM: a memory with gates

The plain recurrent step squeezes its whole state through weights and a tanh each time. An LSTM keeps a second
state beside h, the memory c, which goes from step to step almost untouched. Three gates, numbers between 0 and
1, say for each unit how much of the memory is kept, how much of the new is written, and how much is shown.

    x   (N, D)    the inputs at this step
    h   (N, H)    what was shown at the step before
    c   (N, H)    the memory before this step
    Wx  (D, 4H)   weights from x, four blocks of H columns side by side, in the order i, f, g, o
    Wh  (H, 4H)   weights from h, in the same blocks
    b   (4H,)     biases, in the same blocks

    z = x Wx + h Wh + b     (N, 4H)   and its four blocks of H columns, in this order, give
    i = sigmoid(z_i)        the input gate: how much is written
    f = sigmoid(z_f)        the forget gate: how much is kept; at 1 everything
    g = tanh(z_g)           what may be written
    o = sigmoid(z_o)        the output gate: how much is shown

    c_next = f * c + i * g            (N, H)
    h_next = o * tanh(c_next)         (N, H)

All products with * go entry by entry. The forward's out is the tuple (h_next, c_next).

The backward gets dout, the tuple (dh_next, dc_next): the gradients of the loss with respect to the two states
that the forward gave out, as two separate things that go on to other steps. c_next also acts through h_next.
Return the gradients of x, h, c, Wx, Wh and b, in this order, each in the shape of its input.
"""

import numpy as np


def lstm_step_forward(x, h, c, Wx, Wh, b):
    """x (N, D), h, c (N, H), Wx (D, 4H), Wh (H, 4H), b (4H,) -> (h_next, c_next), both (N, H), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return (h_next, c_next), cache


def lstm_step_backward(dout, cache):
    """dout = (dh_next, dc_next), both (N, H) -> dx (N, D), dh, dc (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dh, dc, dWx, dWh, db
