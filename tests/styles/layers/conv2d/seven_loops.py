import numpy as np


def conv2d_forward(x, W, b, stride=1, padding=0):
    N, C, H, Wd = x.shape
    F, _, KH, KW = W.shape
    OH = (H + 2 * padding - KH) // stride + 1
    OW = (Wd + 2 * padding - KW) // stride + 1
    y = np.zeros((N, F, OH, OW))
    pairs = []          # (output row, window row, image row) for all that lie inside, the same for columns
    ri = [(i, k, i * stride + k - padding) for i in range(OH) for k in range(KH) if 0 <= i * stride + k - padding < H]
    cj = [(j, m, j * stride + m - padding) for j in range(OW) for m in range(KW) if 0 <= j * stride + m - padding < Wd]
    for n in range(N):
        for f in range(F):
            y[n, f] += b[f]
            for c in range(C):
                for i, k, r in ri:
                    for j, m, q in cj:
                        y[n, f, i, j] += x[n, c, r, q] * W[f, c, k, m]
    return y, (x, W, ri, cj)


def conv2d_backward(dy, cache):
    x, W, ri, cj = cache
    dx, dW = np.zeros(x.shape), np.zeros(W.shape)
    db = np.zeros(W.shape[0])
    for n in range(x.shape[0]):
        for f in range(W.shape[0]):
            db[f] += dy[n, f].sum()
            for c in range(x.shape[1]):
                for i, k, r in ri:
                    for j, m, q in cj:
                        g = dy[n, f, i, j]
                        dx[n, c, r, q] += g * W[f, c, k, m]
                        dW[f, c, k, m] += g * x[n, c, r, q]
    return dx, dW, db
