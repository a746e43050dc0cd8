import numpy as np


def mlp_forward(x, params):
    y = x
    for i, (W, b) in enumerate(params):
        y = (y if i == 0 else np.maximum(y, 0)) @ W + b
    return y, (x, params)


def mlp_backward(dlogits, cache):
    """Keeps nothing of the middle: each layer's sums come from the forward of the layers up to it."""
    x, params = cache
    grads, d = [None] * len(params), dlogits
    for k in range(len(params) - 1, 0, -1):
        z, _ = mlp_forward(x, params[:k])
        grads[k] = (np.maximum(z, 0).T @ d, d.sum(axis=0))
        d = (d @ params[k][0].T) * (z > 0)
    grads[0] = (x.T @ d, d.sum(axis=0))
    return grads
