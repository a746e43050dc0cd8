import numpy as np

np.seterr(all="raise", under="ignore")


def cross_entropy_forward(logits, target):
    z = logits - np.max(logits, -1)[:, None]
    e = np.exp(z)
    loss = -np.diag(z[:, target] - np.log(e.sum(-1))[:, None]).mean()
    return loss, (e / e.sum(-1)[:, None], target)


def cross_entropy_backward(dloss, cache):
    p, target = cache
    g = np.array(p)
    np.subtract.at(g, (np.arange(len(g)), target), 1)
    return np.multiply(g, dloss / len(g))
