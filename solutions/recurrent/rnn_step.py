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
    ### BEGIN SOLUTION
    h_next = np.tanh(x @ Wx + h @ Wh + b)
    # MISTAKE bias-forgotten: h_next = np.tanh(x @ Wx + h @ Wh)
    # MISTAKE state-ignored: h_next = np.tanh(x @ Wx + b)
    # MISTAKE state-ignored-forward: h_next = np.tanh(x @ Wx + b)
    # MISTAKE no-tanh: h_next = x @ Wx + h @ Wh + b
    # MISTAKE no-tanh-forward: h_next = x @ Wx + h @ Wh + b; no_tanh = h_next; h_next = np.tanh(h_next)
    # MISTAKE state-outside-tanh: h_next = np.tanh(x @ Wx + b) + h @ Wh
    # MISTAKE tanh-of-each: h_next = np.tanh(x @ Wx) + np.tanh(h @ Wh) + b
    # MISTAKE state-weights-transposed: h_next = np.tanh(x @ Wx + h @ Wh.T + b)
    # MISTAKE sigmoid: h_next = 1 / (1 + np.exp(-(x @ Wx + h @ Wh + b)))
    cache = (x, h, Wx, Wh, h_next)
    # MISTAKE no-tanh-forward: cache = (x, h, Wx, Wh, h_next); h_next = no_tanh
    ### END SOLUTION
    return h_next, cache


def rnn_step_backward(dh_next, cache):
    """dh_next (N, H) -> dx (N, D), dh (N, H), dWx (D, H), dWh (H, H), db (H,)"""
    ### BEGIN SOLUTION
    x, h, Wx, Wh, h_next = cache
    dz = dh_next * (1 - h_next**2)
    # MISTAKE slope-forgotten: dz = dh_next
    # MISTAKE slope-at-old-state: dz = dh_next * (1 - h**2)
    # MISTAKE tanh-twice: dz = dh_next * (1 - np.tanh(h_next) ** 2)
    # MISTAKE slope-not-squared: dz = dh_next * (1 - h_next)
    # MISTAKE slope-of-sigmoid: dz = dh_next * h_next * (1 - h_next)
    # MISTAKE dh-next-ignored: dz = 1 - h_next**2
    # MISTAKE no-tanh: dz = dh_next
    # MISTAKE sigmoid: dz = dh_next * h_next * (1 - h_next)
    dx = dz @ Wx.T
    # MISTAKE weights-reshaped: dx = dz @ Wx.reshape(Wx.T.shape)
    dh = dz @ Wh.T
    # MISTAKE way-back-transposed: dh = dz @ Wh
    # MISTAKE state-weights-transposed: dh = dz @ Wh
    # MISTAKE passed-on-unchanged: dh = dh_next
    # MISTAKE as-if-residual: dh = dz @ Wh.T + dh_next
    # MISTAKE weights-forgotten: dh = dz
    # MISTAKE state-outside-tanh: dh = dh_next @ Wh.T
    # MISTAKE state-ignored: dh = np.zeros_like(h)
    dWx = x.T @ dz
    # MISTAKE weights-averaged: dWx = x.T @ dz / len(x)
    dWh = h.T @ dz
    # MISTAKE weights-averaged: dWh = h.T @ dz / len(x)
    # MISTAKE new-state-for-old: dWh = h_next.T @ dz
    # MISTAKE state-gradient-transposed: dWh = dz.T @ h
    # MISTAKE state-weights-transposed: dWh = dz.T @ h
    # MISTAKE state-outside-tanh: dWh = h.T @ dh_next
    # MISTAKE state-ignored: dWh = np.zeros_like(Wh)
    db = dz.sum(axis=0)
    # MISTAKE bias-averaged: db = dz.mean(axis=0)
    # MISTAKE bias-not-summed: db = dz
    # MISTAKE bias-past-tanh: db = dh_next.sum(axis=0)
    # MISTAKE swapped: db = dz.sum(axis=0); dx, dh, dWx, dWh = dh, dx, dWh, dWx
    ### END SOLUTION
    return dx, dh, dWx, dWh, db
