"""A wrong answer, for `make demo`: one of the mistakes that people make with a bias."""


def linear_forward(x, W, b):
    return x @ W + b, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.mean(axis=0)
