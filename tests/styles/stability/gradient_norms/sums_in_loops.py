import math

import numpy as np


def f(z, kind):
    if kind == 'sigmoid':
        return 1 / (1 + math.exp(-z)) if z > -700 else 0.0
    return math.tanh(z) if kind == 'tanh' else max(z, 0.0)


def fprime(z, kind):
    if kind == 'relu':
        return 1.0 if z > 0 else 0.0
    y = f(z, kind)
    return y * (1 - y) if kind == 'sigmoid' else 1 - y * y


def gradient_norms(x, weights, activation, dlast):
    total = [np.zeros(W.shape) for W in weights]
    weights = [W.tolist() for W in weights]
    for row, drow in zip(x.tolist(), dlast.tolist()):  # one example after the other
        a, zs = [row], []
        for W in weights:
            zs.append([sum(p * q for p, q in zip(a[-1], col)) for col in zip(*W)])
            a.append([f(z, activation) for z in zs[-1]])
        d = drow
        for l in range(len(weights) - 1, -1, -1):
            d = [g * fprime(z, activation) for g, z in zip(d, zs[l])]
            for i, u in enumerate(a[l]):
                for j, g in enumerate(d):
                    total[l][i, j] += u * g
            d = [sum(p * q for p, q in zip(d, line)) for line in weights[l]]
    return [math.sqrt(sum(v * v for line in t for v in line)) for t in total]
