import numpy as np


def chain_rule_forward(x, y, z):
    prod = x * y
    e = np.exp(z)
    num = prod + e
    sq = x ** 2
    den = 1 + sq
    f = num / den
    return f, (x, y, e, num, den)


def chain_rule_backward(df, cache):
    x, y, e, num, den = cache
    dnum = df / den
    dden = -df * num / den ** 2
    dx = dnum * y
    dx = dx + dden * 2 * x
    dy = dnum * x
    dz = dnum * e
    return dx, dy, dz
