import math
import numpy as np


def welford(column):
    mean, m2 = 0.0, 0.0
    for k, v in enumerate(column, start=1):
        delta = v - mean
        mean += delta / k
        m2 += delta * (v - mean)
    return mean, m2


def batch_norm_forward(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    N, D = x.shape
    y = np.zeros((N, D))
    rm, rv = [*running_mean], [*running_var]
    hat, scale = np.zeros((N, D)), []
    for d in range(D):
        if training:
            mean, m2 = welford(map(float, x[:, d]))
            var = m2 / N
            rm[d] = (1 - momentum) * rm[d] + momentum * mean
            rv[d] = (1 - momentum) * rv[d] + momentum * m2 / (N - 1)
        else:
            mean, var = rm[d], rv[d]
        scale.append(1 / math.sqrt(var + eps))
        for n in range(N):
            hat[n, d] = (x[n, d] - mean) * scale[d]
            y[n, d] = gamma[d] * hat[n, d] + beta[d]
    return [y, np.array(rm), np.array(rv)], [hat, scale, gamma, training]


def batch_norm_backward(dy, cache):
    hat, scale, gamma, training = cache
    N, D = dy.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for d in range(D):
        for n in range(N):
            dgamma[d] += dy[n, d] * hat[n, d]
            dbeta[d] += dy[n, d]
        for n in range(N):
            back = dy[n, d]
            if training:
                back -= (dbeta[d] + hat[n, d] * dgamma[d]) / N
            dx[n, d] = back * gamma[d] * scale[d]
    return dx, dgamma, dbeta
