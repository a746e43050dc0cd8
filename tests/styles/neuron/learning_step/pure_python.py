import math
from statistics import fmean

import numpy as np


def softplus(t):
    return t + math.log1p(math.exp(-t)) if t > 0 else math.log1p(math.exp(t))


def sigmoid(t):
    return math.exp(-softplus(-t))


def learning_step(x, y, w, b, lr):
    rows, answers, weights = x.tolist(), y.tolist(), w.tolist()
    z = [math.fsum(p * q for p, q in zip(row, weights)) + b for row in rows]
    # the wrong side of the fence pays: y = 1 pays softplus(-z), y = 0 pays softplus(z)
    loss = fmean(softplus(-s if t == 1 else s) for s, t in zip(z, answers))
    error = [sigmoid(s) - t for s, t in zip(z, answers)]
    steps = [fmean(e * row[d] for e, row in zip(error, rows)) for d in range(len(weights))]
    return np.array([v - lr * g for v, g in zip(weights, steps)]), float(b) - lr * fmean(error), loss
