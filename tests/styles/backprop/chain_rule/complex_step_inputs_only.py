import numpy as np


def formula(x, y, z):
    return (x * y + np.exp(z)) / (1 + x ** 2)


def chain_rule_forward(x, y, z):
    return formula(x, y, z), (x, y, z)


def chain_rule_backward(df, cache):
    h = 1e-40
    result = []
    for i in range(3):
        args = list(cache)
        args[i] = args[i] + h * 1j
        result.append(df * formula(*args).imag / h)
    return result
