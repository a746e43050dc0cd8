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
    ### BEGIN SOLUTION
    h, c = h0, c0
    # MISTAKE memory-from-zero: h, c, c0 = h0, 0 * c0, 0 * c0
    # MISTAKE memory-from-zero-forward: h, c, c0 = h0, 0 * c0, 0 * c0
    # MISTAKE shown-from-zero: h, c, h0 = 0 * h0, c0, 0 * h0
    # MISTAKE first-states-swapped: h, c = c0, h0
    states, steps = [], []
    for t in range(x.shape[1]):
        z_i, z_f, z_g, z_o = np.split(x[:, t] @ Wx + h @ Wh + b, 4, axis=1)
        # MISTAKE bias-forgotten: z_i, z_f, z_g, z_o = np.split(x[:, t] @ Wx + h @ Wh, 4, axis=1)
        # MISTAKE order-ifog: z_i, z_f, z_o, z_g = np.split(x[:, t] @ Wx + h @ Wh + b, 4, axis=1)
        # MISTAKE order-ifog-forward: z_i, z_f, z_o, z_g = np.split(x[:, t] @ Wx + h @ Wh + b, 4, axis=1)
        # MISTAKE always-from-first-state: z_i, z_f, z_g, z_o = np.split(x[:, t] @ Wx + h0 @ Wh + b, 4, axis=1)
        # MISTAKE memory-for-shown: z_i, z_f, z_g, z_o = np.split(x[:, t] @ Wx + c @ Wh + b, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-gate)) for gate in (z_i, z_f, z_o))
        g = np.tanh(z_g)
        # MISTAKE sigmoid-for-candidate: g = 1 / (1 + np.exp(-z_g))
        steps.append((h, c, i, f, g, o))
        c = f * c + i * g
        # MISTAKE memory-not-carried: c = f * c0 + i * g
        # MISTAKE old-memory-kept-whole: c = c + i * g
        h = o * np.tanh(c)
        # MISTAKE shown-without-tanh: h = o * c
        # MISTAKE shown-without-tanh-forward: h = o * c
        states.append(h)
        # MISTAKE memories-returned: states.append(c)
    hs = np.stack(states, axis=1)
    # MISTAKE time-first: hs = np.stack(states)
    # MISTAKE one-step-late: hs = np.stack([h0, *states[:-1]], axis=1)
    # MISTAKE states-by-reshape: hs = np.stack(states).reshape(len(x), -1, h.shape[1])
    cache = (x, Wx, Wh, steps)
    ### END SOLUTION
    return hs, cache


def lstm_backward(dhs, cache):
    """dhs (N, T, H) -> dx (N, T, D), dh0, dc0 (N, H), dWx (D, 4H), dWh (H, 4H), db (4H,)"""
    ### BEGIN SOLUTION
    x, Wx, Wh, steps = cache
    dx = np.zeros_like(x)
    dWx, dWh, db = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(Wh[0])
    dh, dc = np.zeros_like(dhs[:, 0]), np.zeros_like(dhs[:, 0])  # what the step after this one sends back
    for t in reversed(range(x.shape[1])):
        # MISTAKE forwards-in-time: for t in range(x.shape[1]):
        h, c, i, f, g, o = steps[t]
        tanh_c = np.tanh(f * c + i * g)
        dh = dhs[:, t] + dh
        # MISTAKE shown-way-lost: dh = dhs[:, t]
        # MISTAKE last-step-only: dh = dhs[:, t] if t == x.shape[1] - 1 else dh
        # MISTAKE both-ways-lost: dh, dc = dhs[:, t], 0 * dc
        dc = dc + dh * o * (1 - tanh_c**2)
        # MISTAKE memory-way-lost: dc = dh * o * (1 - tanh_c**2)
        # MISTAKE way-through-output-lost: dc = dc + dhs[:, t] * o * (1 - tanh_c**2)
        # MISTAKE tanh-forgotten: dc = dc + dh * o
        # MISTAKE shown-without-tanh: dc = dc + dh * o
        # MISTAKE output-gate-forgotten: dc = dc + dh * (1 - tanh_c**2)
        # MISTAKE tanh-at-old-memory: dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        # MISTAKE loss-at-the-memory: dc = dc + dh * o * (1 - tanh_c**2) + dhs[:, t]
        dz_i = dc * g * i * (1 - i)
        # MISTAKE gate-slopes-forgotten: dz_i = dc * g
        dz_f = dc * c * f * (1 - f)
        # MISTAKE gate-slopes-forgotten: dz_f = dc * c
        # MISTAKE forget-by-new-memory: dz_f = dc * (f * c + i * g) * f * (1 - f)
        dz_g = dc * i * (1 - g**2)
        # MISTAKE gate-slopes-forgotten: dz_g = dc * i
        # MISTAKE sigmoid-for-candidate: dz_g = dc * i * g * (1 - g)
        dz_o = dh * tanh_c * o * (1 - o)
        # MISTAKE gate-slopes-forgotten: dz_o = dh * tanh_c
        # MISTAKE output-gate-from-above-only: dz_o = dhs[:, t] * tanh_c * o * (1 - o)
        # MISTAKE shown-without-tanh: dz_o = dh * (f * c + i * g) * o * (1 - o)
        dz = np.concatenate([dz_i, dz_f, dz_g, dz_o], axis=1)
        # MISTAKE order-ifog: dz = np.concatenate([dz_i, dz_f, dz_o, dz_g], axis=1)
        # MISTAKE put-together-ifog: dz = np.concatenate([dz_i, dz_f, dz_o, dz_g], axis=1)
        # MISTAKE put-together-figo: dz = np.concatenate([dz_f, dz_i, dz_g, dz_o], axis=1)
        dx[:, t] = dz @ Wx.T
        # MISTAKE inputs-turned-round: dx[:, -1 - t] = dz @ Wx.T
        dWx += x[:, t].T @ dz
        # MISTAKE weights-overwritten: dWx = x[:, t].T @ dz
        # MISTAKE input-weights-overwritten: dWx = x[:, t].T @ dz
        # MISTAKE averaged-over-steps: dWx += x[:, t].T @ dz / len(steps)
        # MISTAKE averaged-over-batch: dWx += x[:, t].T @ dz / len(x)
        dWh += h.T @ dz
        # MISTAKE weights-overwritten: dWh = h.T @ dz
        # MISTAKE state-weights-overwritten: dWh = h.T @ dz
        # MISTAKE averaged-over-steps: dWh += h.T @ dz / len(steps)
        # MISTAKE averaged-over-batch: dWh += h.T @ dz / len(x)
        # MISTAKE new-state-for-old: dWh += (o * tanh_c).T @ dz
        # MISTAKE first-step-left-out: dWh += h.T @ dz * (t > 0)
        db += dz.sum(axis=0)
        # MISTAKE weights-overwritten: db = dz.sum(axis=0)
        # MISTAKE averaged-over-steps: db += dz.sum(axis=0) / len(steps)
        # MISTAKE averaged-over-batch: db += dz.mean(axis=0)
        # MISTAKE bias-overwritten: db = dz.sum(axis=0)
        dh = dz @ Wh.T
        # MISTAKE state-passed-on: dh = dh + dz @ Wh.T
        dc = dc * f
        # MISTAKE forget-gate-forgotten: pass
        # MISTAKE old-memory-kept-whole: pass
    dh0, dc0 = dh, dc
    # MISTAKE memory-without-gradient: dh0, dc0 = dh, 0 * dc
    # MISTAKE memory-from-zero: dh0, dc0 = dh, 0 * dc
    # MISTAKE shown-from-zero: dh0, dc0 = 0 * dh, dc
    # MISTAKE first-states-swapped: dh0, dc0 = dc, dh
    # MISTAKE first-gradients-swapped: dh0, dc0 = dc, dh
    ### END SOLUTION
    return dx, dh0, dc0, dWx, dWh, db
