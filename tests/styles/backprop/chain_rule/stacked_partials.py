import numpy as np


def chain_rule_forward(x, y, z):
    """All three partial derivatives, by the quotient rule on paper, in one array."""
    d = 1 / (1 + x * x)
    f = (x * y + np.exp(z)) * d
    partials = np.stack([(y - 2 * x * f) * d, x * d, np.exp(z) * d])
    return f, partials


def chain_rule_backward(df, cache):
    return tuple(df * cache)
