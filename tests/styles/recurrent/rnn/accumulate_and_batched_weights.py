"""accumulate on the way there, all weight gradients in one product at the end of the way back"""
from itertools import accumulate
import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    drive = np.moveaxis(x @ Wx + b, 1, 0)
    states = list(accumulate(drive, lambda h, u: np.tanh(u + h @ Wh), initial=h0))
    return np.array(states[1:]).transpose(1, 0, 2), (x, np.array(states), Wx, Wh)


def rnn_backward(dhs, cache):
    x, S, Wx, Wh = cache                       # S (T + 1, N, H), S[0] is h0
    slopes = 1 - S[1:] ** 2
    steps = zip(dhs.swapaxes(0, 1)[::-1], slopes[::-1])
    first = next(steps)
    dz = list(accumulate(steps, lambda later, now: (now[0] + later @ Wh.T) * now[1], initial=first[0] * first[1]))
    dz = np.array(dz[::-1])                    # (T, N, H)
    return (np.einsum("tnh,dh->ntd", dz, Wx), dz[0] @ Wh.T, np.einsum("ntd,tnh->dh", x, dz),
            np.einsum("tnj,tnh->jh", S[:-1], dz), dz.sum(axis=(0, 1)))
