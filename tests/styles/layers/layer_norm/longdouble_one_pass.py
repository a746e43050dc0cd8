import numpy as np
L = np.longdouble
def layer_norm_forward(x, gamma, beta, eps=1e-5):
    X = x.astype(L); D = x.shape[-1]
    m = X.sum(-1, keepdims=True) / D
    v = np.maximum((X * X).sum(-1, keepdims=True) / D - m * m, 0)
    h = ((X - m) / np.sqrt(v + eps)).astype(float); r = (1 / np.sqrt(v + eps)).astype(float)
    return gamma * h + beta, (h, r, gamma)
def layer_norm_backward(dy, cache):
    h, r, gamma = cache
    g = dy * gamma
    ax = tuple(range(dy.ndim - 1))
    return r * (g - g.mean(-1, keepdims=True) - h * (g * h).mean(-1, keepdims=True)), (dy * h).sum(ax), dy.sum(ax)
