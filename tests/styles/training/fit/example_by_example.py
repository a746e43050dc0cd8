import math
import numpy as np


def one(v, target, layers, grads):
    """loss of one example; its gradients are added to grads"""
    seen = []
    for k, (W, b) in enumerate(layers):
        if k:
            v = [max(u, 0.0) for u in v]
        seen.append(np.array(v))
        v = (np.array(v) @ W + b).tolist()
    top = max(v)
    e = [math.exp(u - top) for u in v]
    total = sum(e)
    back = np.array([p / total - (c == target) for c, p in enumerate(e)])
    for k in reversed(range(len(layers))):
        grads[k][0] += np.outer(seen[k], back)
        grads[k][1] += back
        back = (layers[k][0] @ back) * (seen[k] > 0)
    return top + math.log(total) - v[target]


def fit(x, target, params, batches, lr, momentum, weight_decay):
    layers = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    speed = [[0 * W, 0 * b] for W, b in layers]
    losses = []
    for batch in batches:
        grads = [[0 * W, 0 * b] for W, b in layers]
        losses.append(sum(one(x[i].tolist(), int(target[i]), layers, grads) for i in batch) / len(batch))
        for pair, dpair, vpair in zip(layers, grads, speed):
            for which in (0, 1):
                g = dpair[which] / len(batch) + weight_decay * pair[which]
                vpair[which] = momentum * vpair[which] + g
                pair[which] = pair[which] - lr * vpair[which]
    return [tuple(pair) for pair in layers], losses
