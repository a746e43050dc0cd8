import numpy as np


def residual_forward(x, W1, b1, W2, b2):
    y = x.copy()
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            y[n, d] += b2[d]
        for h in range(W1.shape[1]):
            s = b1[h]
            for d in range(x.shape[1]):
                s = s + x[n, d] * W1[d, h]
            if s > 0:
                for d in range(x.shape[1]):
                    y[n, d] += s * W2[h, d]
    return y, (x, W1, b1, W2, b2)


def residual_backward(dy, cache):
    x, W1, b1, W2, b2 = cache
    dx = np.array(dy)
    dW1, db1, dW2, db2 = (np.zeros_like(a) for a in (W1, b1, W2, b2))
    for n in range(len(x)):
        db2 += dy[n]
        for h in range(len(b1)):
            s = b1[h] + np.dot(x[n], W1[:, h])
            if s <= 0:
                continue
            dW2[h] += s * dy[n]
            ds = np.dot(W2[h], dy[n])
            db1[h] += ds
            dW1[:, h] += ds * x[n]
            dx[n] += ds * W1[:, h]
    return dx, dW1, db1, dW2, db2
