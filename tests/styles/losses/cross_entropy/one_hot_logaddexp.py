import numpy as np


def cross_entropy_forward(logits, target):
    hot = np.equal.outer(target, np.arange(logits.shape[1])).astype(float)
    lse = np.logaddexp.reduce(logits, axis=1)
    loss = (lse.sum() - np.tensordot(hot, logits, 2)) / len(hot)
    return loss, (logits, hot)


def cross_entropy_backward(dloss, cache):
    logits, hot = cache
    p = np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
    return (p - hot) * (dloss / hot.shape[0])
