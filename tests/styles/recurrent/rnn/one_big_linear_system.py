"""(dz_1 ... dz_T) solve a block triangular system: all of time at once, and no loop on the way back."""
import numpy as np


def rnn_forward(x, h0, Wx, Wh, b):
    S = np.empty((x.shape[1] + 1,) + h0.shape)
    S[0] = h0
    for t, u in enumerate(np.einsum("ntd,dh->tnh", x, Wx) + b):
        S[t + 1] = np.tanh(u + S[t] @ Wh)
    return np.ascontiguousarray(S[1:].transpose(1, 0, 2)), {"x": x, "S": S, "W": (Wx, Wh)}


def rnn_backward(dhs, cache):
    x, S, (Wx, Wh) = cache["x"], cache["S"], cache["W"]
    N, T, H = dhs.shape
    dz = np.empty((N, T, H))
    later = np.eye(T, k=1)                       # step t hears of step t + 1
    for n in range(N):
        slope = (1 - S[1:, n] ** 2).reshape(-1)
        # dz = slope * (dhs + (later kron Wh) dz)
        A = np.eye(T * H) - slope[:, None] * np.kron(later, Wh)
        dz[n] = np.linalg.solve(A, slope * dhs[n].reshape(-1)).reshape(T, H)
    return (dz @ Wx.T, dz[:, 0] @ Wh.T, np.einsum("ntd,nth->dh", x, dz),
            np.einsum("tnj,ntk->jk", S[:-1], dz), np.einsum("nth->h", dz))
