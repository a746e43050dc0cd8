import numpy as np
def layer_norm_forward(x, gamma, beta, eps=1e-5):
    d = x[..., :, None] - x[..., None, :]
    D = x.shape[-1]
    v = np.square(d).sum((-1, -2)) / (2 * D * D)
    r = 1 / np.sqrt(v + eps)[..., None]
    h = d.mean(-1) * r
    return gamma * h + beta, (h, r, gamma)
def layer_norm_backward(dy, cache):
    h, r, gamma = cache
    g = dy * gamma
    ax = tuple(range(dy.ndim - 1))
    return r * (g - g.mean(-1, keepdims=True) - h * (g * h).mean(-1, keepdims=True)), (dy * h).sum(ax), dy.sum(ax)
