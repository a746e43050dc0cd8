import numpy as np
from recurrent.rnn_step import rnn_step_backward, rnn_step_forward


def rnn_forward(x, h0, Wx, Wh, b):
    h, states, caches = h0, [], []
    for t in range(x.shape[1]):
        h, c = rnn_step_forward(x[:, t], h, Wx, Wh, b)
        states.append(h)
        caches.append(c)
    return np.stack(states, axis=1), caches


def rnn_backward(dhs, cache):
    dxs, dh, total = [], 0, None
    for t in reversed(range(len(cache))):
        dx, dh, *dW = rnn_step_backward(dhs[:, t] + dh, cache[t])
        dxs.append(dx)
        total = dW if total is None else [a + b for a, b in zip(total, dW)]
    return np.stack(dxs[::-1], axis=1), dh, *total
