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
    ### BEGIN SOLUTION
    z = x @ Wx + h @ Wh + b
    # MISTAKE bias-forgotten: z = x @ Wx + h @ Wh
    # MISTAKE state-ignored: z = x @ Wx + b
    z_i, z_f, z_g, z_o = np.split(z, 4, axis=1)
    # MISTAKE order-ifog: z_i, z_f, z_o, z_g = np.split(z, 4, axis=1)
    # MISTAKE order-ifog-forward: z_i, z_f, z_o, z_g = np.split(z, 4, axis=1)
    # MISTAKE order-figo: z_f, z_i, z_g, z_o = np.split(z, 4, axis=1)
    # MISTAKE gates-interleaved: z_i, z_f, z_g, z_o = (z[:, k::4] for k in range(4))
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (z_i, z_f, z_o))
    # MISTAKE gates-not-squashed: i, f, o = z_i, z_f, z_o
    # MISTAKE forget-bias: i, f, o = (1 / (1 + np.exp(-gate)) for gate in (z_i, z_f + 1, z_o))
    g = np.tanh(z_g)
    # MISTAKE sigmoid-for-candidate: g = 1 / (1 + np.exp(-z_g))
    # MISTAKE sigmoid-for-candidate-forward: g = 1 / (1 + np.exp(-z_g))
    c_next = f * c + i * g
    # MISTAKE old-memory-kept-whole: c_next = c + i * g
    # MISTAKE forget-for-keep: c_next = (1 - f) * c + i * g
    # MISTAKE memory-overwritten: c_next = i * g
    # MISTAKE input-gate-unused: c_next = f * c + g
    # MISTAKE coupled-gates: c_next = f * c + (1 - f) * g
    tanh_c = np.tanh(c_next)
    # MISTAKE shown-without-tanh: tanh_c = c_next
    # MISTAKE shown-without-tanh-forward: tanh_c = c_next
    # MISTAKE old-memory-shown: tanh_c = np.tanh(c)
    h_next = o * tanh_c
    # MISTAKE output-gate-unused: h_next = tanh_c
    cache = (x, h, c, Wx, Wh, i, f, g, o, tanh_c)
    # MISTAKE outputs-swapped: cache = (x, h, c, Wx, Wh, i, f, g, o, tanh_c); h_next, c_next = c_next, h_next
    # MISTAKE outputs-swapped-forward: cache = (x, h, c, Wx, Wh, i, f, g, o, tanh_c); h_next, c_next = c_next, h_next
    ### END SOLUTION
    return (h_next, c_next), cache


def lstm_step_backward(dout, cache):
    """dout = (dh_next, dc_next), both (N, H) -> dx (N, D), dh, dc (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,)"""
    ### BEGIN SOLUTION
    dh_next, dc_next = dout
    # MISTAKE outputs-swapped: dc_next, dh_next = dout
    # MISTAKE dout-swapped: dc_next, dh_next = dout
    x, h, c, Wx, Wh, i, f, g, o, tanh_c = cache
    dc_total = dc_next + dh_next * o * (1 - tanh_c**2)
    # MISTAKE way-through-output-lost: dc_total = dc_next
    # MISTAKE memory-gradient-ignored: dc_total = dh_next * o * (1 - tanh_c**2)
    # MISTAKE output-gate-forgotten: dc_total = dc_next + dh_next * (1 - tanh_c**2)
    # MISTAKE tanh-forgotten: dc_total = dc_next + dh_next * o
    # MISTAKE shown-without-tanh: dc_total = dc_next + dh_next * o
    # MISTAKE tanh-at-old-memory: dc_total = dc_next + dh_next * o * (1 - np.tanh(c) ** 2)
    # MISTAKE tanh-twice: dc_total = dc_next + dh_next * o * (1 - np.tanh(tanh_c) ** 2)
    # MISTAKE through-gate-and-memory: dc_total = (dc_next + dh_next) * o * (1 - tanh_c**2)
    # MISTAKE shown-gradient-as-it-is: dc_total = dc_next + dh_next
    dz_i = dc_total * g * i * (1 - i)
    # MISTAKE gate-slopes-forgotten: dz_i = dc_total * g
    # MISTAKE input-by-itself: dz_i = dc_total * i * i * (1 - i)
    # MISTAKE tanh-slope-for-gates: dz_i = dc_total * g * (1 - i**2)
    # MISTAKE input-slope-halfway: dz_i = dc_total * g * (1 - i)
    dz_f = dc_total * c * f * (1 - f)
    # MISTAKE gate-slopes-forgotten: dz_f = dc_total * c
    # MISTAKE tanh-slope-for-gates: dz_f = dc_total * c * (1 - f**2)
    # MISTAKE forget-by-new-memory: dz_f = dc_total * (f * c + i * g) * f * (1 - f)
    # MISTAKE forget-slope-halfway: dz_f = dc_total * c * (1 - f)
    dz_g = dc_total * i * (1 - g**2)
    # MISTAKE gate-slopes-forgotten: dz_g = dc_total * i
    # MISTAKE candidate-by-itself: dz_g = dc_total * g * (1 - g**2)
    # MISTAKE sigmoid-slope-for-candidate: dz_g = dc_total * i * g * (1 - g)
    # MISTAKE sigmoid-for-candidate: dz_g = dc_total * i * g * (1 - g)
    dz_o = dh_next * tanh_c * o * (1 - o)
    # MISTAKE gate-slopes-forgotten: dz_o = dh_next * tanh_c
    # MISTAKE tanh-slope-for-gates: dz_o = dh_next * tanh_c * (1 - o**2)
    # MISTAKE output-by-memory: dz_o = dh_next * (f * c + i * g) * o * (1 - o)
    # MISTAKE output-gets-memory-gradient: dz_o = dc_total * tanh_c * o * (1 - o)
    # MISTAKE output-slope-halfway: dz_o = dh_next * tanh_c * (1 - o)
    # MISTAKE output-by-old-memory: dz_o = dh_next * c * o * (1 - o)
    dz = np.concatenate([dz_i, dz_f, dz_g, dz_o], axis=1)
    # MISTAKE order-ifog: dz = np.concatenate([dz_i, dz_f, dz_o, dz_g], axis=1)
    # MISTAKE order-figo: dz = np.concatenate([dz_f, dz_i, dz_g, dz_o], axis=1)
    # MISTAKE put-together-ifog: dz = np.concatenate([dz_i, dz_f, dz_o, dz_g], axis=1)
    # MISTAKE put-together-figo: dz = np.concatenate([dz_f, dz_i, dz_g, dz_o], axis=1)
    dx = dz @ Wx.T
    # MISTAKE weights-reshaped: dx = dz @ Wx.reshape(Wx.T.shape)
    dh = dz @ Wh.T
    # MISTAKE weights-reshaped: dh = dz @ Wh.reshape(Wh.T.shape)
    # MISTAKE state-ignored: dh = np.zeros_like(h)
    # MISTAKE state-passed-on: dh = dz @ Wh.T + dh_next
    dc = dc_total * f
    # MISTAKE forget-gate-forgotten: dc = dc_total
    # MISTAKE memory-from-above-only: dc = dc_next * f
    dWx = x.T @ dz
    # MISTAKE averaged: dWx = x.T @ dz / len(x)
    dWh = h.T @ dz
    # MISTAKE averaged: dWh = h.T @ dz / len(x)
    # MISTAKE state-ignored: dWh = np.zeros_like(Wh)
    # MISTAKE new-state-for-old: dWh = (o * tanh_c).T @ dz
    db = dz.sum(axis=0)
    # MISTAKE averaged: db = dz.mean(axis=0)
    # MISTAKE bias-averaged: db = dz.mean(axis=0)
    # MISTAKE bias-not-summed: db = dz
    # MISTAKE states-returned-swapped: db = dz.sum(axis=0); dh, dc = dc, dh
    ### END SOLUTION
    return dx, dh, dc, dWx, dWh, db
