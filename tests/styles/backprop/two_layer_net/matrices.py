import numpy as np


def two_layer_net_forward(x, target, W1, b1, W2, b2):
    N = x.shape[0]
    z1 = x @ W1 + b1
    h = np.maximum(z1, 0)
    logits = h @ W2 + b2
    s = logits - logits.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -logp[range(N), target].sum() / N
    return loss, (x, target, W2, z1, h, np.exp(logp))


def two_layer_net_backward(dloss, cache):
    x, target, W2, z1, h, p = cache
    N = len(x)
    dlogits = p.copy()
    dlogits[range(N), target] -= 1
    dlogits *= dloss / N
    dW2 = h.T @ dlogits
    db2 = dlogits.sum(axis=0)
    dz1 = (dlogits @ W2.T) * (z1 > 0)
    return x.T @ dz1, dz1.sum(axis=0), dW2, db2
