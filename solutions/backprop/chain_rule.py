"""The chain rule: f = (x*y + exp(z)) / (1 + x**2)

A formula like this is a small network: each operation takes numbers in and hands one number on. Cut it into
steps with names of their own (the numerator, the denominator, their quotient), go through the steps in order
for the forward, and through the same steps in the opposite order for the backward.

    x, y, z  arrays of one shape, any shape
    f        the same shape; f[i] is worked out from x[i], y[i] and z[i] alone

The backward gets df, the gradient of the loss with respect to f, and returns dx, dy and dz, each in the
shape of f. Every step needs only its own derivative and what comes back from the step after it. Watch x: it
is used at two places, and a small change of x reaches f through both.
"""

import numpy as np


def chain_rule_forward(x, y, z):
    """x, y, z of one shape -> f of that shape, cache"""
    ### BEGIN SOLUTION
    top = x * y + np.exp(z)
    # MISTAKE brackets-forgotten: top = np.exp(z)
    bottom = 1 + x**2
    # MISTAKE square-of-the-sum: bottom = (1 + x) ** 2
    f = top / bottom
    # MISTAKE brackets-forgotten: f = x * y + top / bottom
    # MISTAKE brackets-forgotten-forward: f = x * y + np.exp(z) / bottom
    # MISTAKE square-of-the-sum-forward: f = top / (1 + x) ** 2
    cache = (x, y, z, top, bottom)
    ### END SOLUTION
    return f, cache


def chain_rule_backward(df, cache):
    """df of the shape of f -> dx, dy, dz of that shape"""
    ### BEGIN SOLUTION
    x, y, z, top, bottom = cache
    dtop = df / bottom
    # MISTAKE df-ignored: dtop = 1 / bottom
    # MISTAKE denominator-forgotten: dtop = df
    dbottom = -df * top / bottom**2
    # MISTAKE df-ignored: dbottom = -top / bottom**2
    # MISTAKE df-on-one-way-only: dbottom = -top / bottom**2
    # MISTAKE quotient-sign: dbottom = df * top / bottom**2
    # MISTAKE denominator-not-squared: dbottom = -df * top / bottom
    # MISTAKE numerator-forgotten: dbottom = -df / bottom**2
    dx = dtop * y + dbottom * 2 * x
    # MISTAKE brackets-forgotten: dx = df * y + dbottom * 2 * x
    # MISTAKE square-of-the-sum: dx = dtop * y + dbottom * 2 * (1 + x)
    # MISTAKE denominator-way-lost: dx = dtop * y
    # MISTAKE numerator-way-lost: dx = dbottom * 2 * x
    # MISTAKE ways-multiplied: dx = dtop * y * dbottom * 2 * x
    # MISTAKE ways-averaged: dx = (dtop * y + dbottom * 2 * x) / 2
    # MISTAKE square-without-its-2: dx = dtop * y + dbottom * x
    # MISTAKE square-without-its-x: dx = dtop * y + dbottom * 2
    # MISTAKE own-factor: dx = dtop * x + dbottom * 2 * x
    dy = dtop * x
    # MISTAKE brackets-forgotten: dy = df * x
    # MISTAKE own-factor: dy = dtop * y
    # MISTAKE own-factor-y: dy = dtop * y
    dz = dtop * np.exp(z)
    # MISTAKE exp-forgotten: dz = dtop
    # MISTAKE exp-as-a-power: dz = dtop * z * np.exp(z - 1)
    # MISTAKE last-input-first: dx, dz = dtop * np.exp(z), dx
    ### END SOLUTION
    return dx, dy, dz
