"""A wrong answer, for `make demo`: one of the mistakes that people make with a bias."""


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    dx = dy @ W.T
    dW = x.T @ dy
    db = dy.mean(axis=0)
    return dx, dW, db
