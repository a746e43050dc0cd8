"""The bias is a weight on a feature that is always 1: one matrix product, one gradient, then cut it."""
from numpy import *


def linear_forward(x, W, b):
    x1 = c_[x, ones(x.shape[0])]
    theta = vstack([W, b])
    return x1 @ theta, dict(x1=x1, theta=theta)


def linear_backward(dy, cache):
    dtheta = cache["x1"].T @ dy
    dx1 = dy @ cache["theta"].T
    return dx1[:, :-1], dtheta[:-1], dtheta[-1]
