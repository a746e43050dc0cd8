"""Keep only x, the params and the masks: with the masks fixed the network is linear, layer by layer."""
import numpy as np


def mlp_forward(x, params):
    masks = []
    a = x
    for W, b in params[:-1]:
        z = np.matmul(a, W) + b
        masks.append(np.sign(np.maximum(z, 0)))
        a = z * masks[-1]
    W, b = params[-1]
    return np.matmul(a, W) + b, {"x": x, "params": [(W.copy(), b.copy()) for W, b in params], "masks": masks}


def mlp_backward(dlogits, cache):
    params, masks = cache["params"], cache["masks"]
    deltas = {len(params) - 1: dlogits}
    for k in range(len(masks) - 1, -1, -1):
        deltas[k] = masks[k] * np.matmul(deltas[k + 1], np.transpose(params[k + 1][0]))
    grads, a = [], cache["x"]
    for k, (W, b) in enumerate(params):
        ones = np.ones((1, len(a)))
        grads.append((np.matmul(a.T, deltas[k]), np.matmul(ones, deltas[k])[0]))
        if k < len(masks):
            a = (np.matmul(a, W) + b) * masks[k]
    return tuple(grads)
