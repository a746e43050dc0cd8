import numpy as np


def mlp_forward(x, params):
    (W, b), *rest = params
    y = np.dot(x, W) + b
    if not rest:
        return y, (x, W, None, None)
    out, deeper = mlp_forward(y * (y > 0), rest)
    return out, (x, W, y > 0, deeper)


def back(d, cache):
    x, W, on, deeper = cache
    later = []
    if deeper is not None:
        dh, later = back(d, deeper)
        d = np.where(on, dh, 0)
    return np.dot(d, W.T), [(np.dot(x.T, d), np.sum(d, axis=0))] + later


def mlp_backward(dlogits, cache):
    return back(dlogits, cache)[1]
