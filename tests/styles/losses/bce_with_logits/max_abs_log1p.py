import numpy as np


def bce_with_logits_forward(logits, target):
    e = np.exp(-np.abs(logits))
    loss = (np.maximum(logits, 0) - logits * target + np.log1p(e)).sum() / logits.size
    p = np.where(logits >= 0, 1 / (1 + e), e / (1 + e))
    return loss, [p - target, logits.size]


def bce_with_logits_backward(dloss, cache):
    diff, n = cache
    return diff * dloss / n
