from recurrent.lstm_step import lstm_step_backward, lstm_step_forward
import numpy as np


def lstm_forward(x, h0, c0, Wx, Wh, b):
    hs = np.empty(x.shape[:2] + h0.shape[1:])
    h, c, stack = h0, c0, []
    for t, xt in enumerate(x.transpose(1, 0, 2)):
        (h, c), step = lstm_step_forward(xt, h, c, Wx, Wh, b)
        hs[:, t] = h
        stack.append(step)
    return hs, tuple(stack)


def lstm_backward(dhs, cache):
    stack = list(cache)
    T = len(stack)
    dh = dc = np.zeros(dhs.shape[::2])
    dx, sums = [None] * T, [0, 0, 0]
    while stack:
        t = len(stack) - 1
        dx[t], dh, dc, *more = lstm_step_backward((dh + dhs[:, t], dc), stack.pop())
        sums = [s + m for s, m in zip(sums, more)]
    return np.stack(dx, 1), dh, dc, sums[0], sums[1], sums[2]
