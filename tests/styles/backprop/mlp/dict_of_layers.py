import numpy as np


def mlp_forward(x, params):
    cache = {}
    for i, (W, b) in enumerate(params, start=1):
        cache[i, "in"], cache[i, "W"] = x, W
        x = np.add(np.matmul(x, W), b)
        if i != len(params):
            x = x.clip(min=0)
    cache["L"] = len(params)
    return x, cache


def mlp_backward(dlogits, cache):
    g, i = [], cache["L"]
    while i:
        h = cache[i, "in"]
        g.insert(0, [np.matmul(h.T, dlogits), np.add.reduce(dlogits)])
        dlogits = np.where(h > 0, dlogits @ cache[i, "W"].T, 0)
        i -= 1
    return g
