import numpy as np


def conv2d_forward(x, W, b, stride=1, padding=0):
    N, C, H, Wi = x.shape
    F, _, KH, KW = W.shape
    xp = np.zeros((N, C, H + 2 * padding, Wi + 2 * padding))
    xp[:, :, padding:padding + H, padding:padding + Wi] = x
    OH, OW = ((n + 2 * padding - k) // stride + 1 for n, k in ((H, KH), (Wi, KW)))
    c, k, m = (a.reshape(-1, 1) for a in np.indices((C, KH, KW)))
    i, j = (a.reshape(1, -1) * stride for a in np.indices((OH, OW)))
    idx = (slice(None), np.broadcast_to(c, (c.size, i.size)), k + i, m + j)
    col = xp[idx]                                        # (N, C*KH*KW, OH*OW)
    y = np.matmul(W.reshape(F, -1), col) + b[:, None]
    return y.reshape(N, F, OH, OW), dict(col=col, idx=idx, W=W, xp_shape=xp.shape, crop=(padding, H, Wi))


def conv2d_backward(dy, cache):
    W, col = cache["W"], cache["col"]
    N, F = dy.shape[:2]
    g = dy.reshape(N, F, -1)
    dW = sum(gn.dot(cn.T) for gn, cn in zip(g, col)).reshape(W.shape)
    dxp = np.zeros(cache["xp_shape"])
    np.add.at(dxp, cache["idx"], np.matmul(W.reshape(F, -1).T, g))
    p, H, Wi = cache["crop"]
    return dxp[..., p:p + H, p:p + Wi], dW, g.sum(axis=(0, 2))
