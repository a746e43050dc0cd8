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
    ### BEGIN SOLUTION
    states = [h0]
    # MISTAKE first-state-ignored: states = [np.zeros_like(h0)]
    # MISTAKE first-state-ignored-forward: states = [np.zeros_like(h0)]
    for t in range(x.shape[1]):
        states.append(np.tanh(x[:, t] @ Wx + states[-1] @ Wh + b))
        # MISTAKE bias-forgotten: states.append(np.tanh(x[:, t] @ Wx + states[-1] @ Wh))
        # MISTAKE always-from-first-state: states.append(np.tanh(x[:, t] @ Wx + h0 @ Wh + b))
        # MISTAKE state-weights-transposed: states.append(np.tanh(x[:, t] @ Wx + states[-1] @ Wh.T + b))
        # MISTAKE no-tanh: states.append(x[:, t] @ Wx + states[-1] @ Wh + b)
        # MISTAKE states-pile-up: states.append(states[-1] + np.tanh(x[:, t] @ Wx + states[-1] @ Wh + b))
    hs = np.stack(states[1:], axis=1)
    # MISTAKE one-step-late: hs = np.stack(states[:-1], axis=1)
    # MISTAKE time-first: hs = np.stack(states[1:])
    # MISTAKE reshaped-for-stacked: hs = np.reshape(states[1:], (len(x), -1, h0.shape[1]))
    cache = (x, h0, Wx, Wh, hs)
    # MISTAKE first-state-ignored: cache = (x, np.zeros_like(h0), Wx, Wh, hs)
    # MISTAKE first-state-ignored-forward: cache = (x, np.zeros_like(h0), Wx, Wh, hs)
    ### END SOLUTION
    return hs, cache


def rnn_backward(dhs, cache):
    """dhs (N, T, H) -> dx (N, T, D), dh0 (N, H), dWx (D, H), dWh (H, H), db (H,)"""
    ### BEGIN SOLUTION
    x, h0, Wx, Wh, hs = cache
    steps = x.shape[1]
    dx = np.zeros_like(x)
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(Wh[0])
    dh = np.zeros_like(h0)  # what the step after this one sends back
    for t in reversed(range(steps)):
        # MISTAKE forwards-in-time: for t in range(steps):
        before = hs[:, t - 1] if t > 0 else h0
        # MISTAKE new-state-for-old: before = hs[:, t]
        # MISTAKE around-the-end: before = hs[:, t - 1]
        # MISTAKE first-step-left-out: before = hs[:, t - 1] if t > 0 else 0 * h0
        # MISTAKE first-state-every-time: before = h0
        dz = (dhs[:, t] + dh) * (1 - hs[:, t] ** 2)
        # MISTAKE way-through-time-lost: dz = dhs[:, t] * (1 - hs[:, t] ** 2)
        # MISTAKE last-step-only: dz = (dhs[:, t] * (t == steps - 1) + dh) * (1 - hs[:, t] ** 2)
        # MISTAKE slope-forgotten: dz = dhs[:, t] + dh
        # MISTAKE no-tanh: dz = dhs[:, t] + dh
        # MISTAKE past-the-tanh: dz = dhs[:, t] * (1 - hs[:, t] ** 2) + dh
        # MISTAKE slope-at-old-state: dz = (dhs[:, t] + dh) * (1 - before**2)
        # MISTAKE tanh-twice: dz = (dhs[:, t] + dh) * (1 - np.tanh(hs[:, t]) ** 2)
        # MISTAKE loss-past-the-tanh: dz = dhs[:, t] + dh * (1 - hs[:, t] ** 2)
        dx[:, t] = dz @ Wx.T
        # MISTAKE inputs-turned-round: dx[:, steps - 1 - t] = dz @ Wx.T
        dh = dz @ Wh.T
        # MISTAKE way-back-transposed: dh = dz @ Wh
        # MISTAKE state-weights-transposed: dh = dz @ Wh
        # MISTAKE carried-twice: dh = dh + dz @ Wh.T
        # MISTAKE weights-forgotten: dh = dz
        # MISTAKE slope-missing-through-time: dh = (dhs[:, t] + dh) @ Wh.T
        dWx += x[:, t].T @ dz
        # MISTAKE weights-overwritten: dWx = x[:, t].T @ dz
        # MISTAKE input-weights-overwritten: dWx = x[:, t].T @ dz
        # MISTAKE averaged-over-steps: dWx += x[:, t].T @ dz / steps
        # MISTAKE averaged-over-batch: dWx += x[:, t].T @ dz / len(x)
        dWh += before.T @ dz
        # MISTAKE weights-overwritten: dWh = before.T @ dz
        # MISTAKE state-weights-overwritten: dWh = before.T @ dz
        # MISTAKE averaged-over-steps: dWh += before.T @ dz / steps
        # MISTAKE averaged-over-batch: dWh += before.T @ dz / len(x)
        # MISTAKE state-gradient-transposed: dWh += dz.T @ before
        # MISTAKE state-weights-transposed: dWh += dz.T @ before
        db += dz.sum(axis=0)
        # MISTAKE weights-overwritten: db = dz.sum(axis=0)
        # MISTAKE averaged-over-steps: db += dz.sum(axis=0) / steps
        # MISTAKE averaged-over-batch: db += dz.mean(axis=0)
        # MISTAKE bias-overwritten: db = dz.sum(axis=0)
    dh0 = dh
    # MISTAKE first-state-before-weights: dh0 = dz
    # MISTAKE first-state-from-above: dh0 = dh + dhs[:, 0]
    # MISTAKE first-state-without-gradient: dh0 = np.zeros_like(h0)
    # MISTAKE first-state-ignored: dh0 = np.zeros_like(h0)
    ### END SOLUTION
    return dx, dh0, dWx, dWh, db
