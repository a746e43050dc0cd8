import numpy as np


def batch_norm_forward(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    if not training:
        s = (running_var + eps) ** -0.5
        xh = (x - running_mean) * s

        def backward(dy):
            return dy * (gamma * s), (dy * xh).sum(axis=0), dy.sum(axis=0)

        return (gamma * xh + beta, running_mean.copy(), running_var.copy()), backward

    N = len(x)
    mean, var = np.average(x, axis=0), np.var(x, axis=0)
    s = (var + eps) ** -0.5
    xh = (x - mean) * s
    new_mean = running_mean + momentum * (mean - running_mean)
    new_var = running_var + momentum * (var * N / (N - 1) - running_var)

    def backward(dy):
        dgamma, dbeta = (dy * xh).sum(axis=0), dy.sum(axis=0)
        return gamma * s * (dy - dbeta / N - xh * dgamma / N), dgamma, dbeta

    return (gamma * xh + beta, new_mean, new_var), backward


def batch_norm_backward(dy, cache):
    return cache(dy)
