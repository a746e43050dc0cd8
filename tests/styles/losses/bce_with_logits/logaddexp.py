import numpy as np


def bce_with_logits_forward(logits, target):
    # -t log s(z) - (1 - t) log s(-z), log s(z) = -log(1 + e^-z)
    each = target * np.logaddexp(0, -logits) + (1 - target) * np.logaddexp(0, logits)
    return each.mean(), (logits, target)


def bce_with_logits_backward(dloss, cache):
    z, t = cache
    return dloss * (np.exp(-np.logaddexp(0, -z)) - t) / z.size
