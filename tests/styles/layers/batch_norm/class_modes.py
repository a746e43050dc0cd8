import numpy as np


class Mode:
    def __init__(self, x, gamma, mean, var, eps):
        self.sd = np.sqrt(var + eps)
        self.xc, self.gamma = x - mean, gamma

    def out(self, beta):
        return self.gamma * self.xc / self.sd + beta

    def params(self, dy):
        return np.sum(dy * self.xc / self.sd, 0), np.sum(dy, 0)


class Evaluating(Mode):
    def dx(self, dy):
        return dy * self.gamma / self.sd


class Training(Mode):
    def dx(self, dy):
        N = len(dy)
        g = dy * self.gamma
        dvar = np.sum(g * self.xc, 0) * -0.5 / self.sd ** 3
        dmean = -np.sum(g, 0) / self.sd + dvar * np.mean(-2.0 * self.xc, 0)
        return g / self.sd + dvar * 2.0 * self.xc / N + dmean / N


def batch_norm_forward(x, gamma, beta, running_mean, running_var, momentum=0.1, eps=1e-5, training=True):
    mean, var = running_mean, running_var
    if training:
        mean, var = np.mean(x, 0), np.var(x, 0)
        unbiased = np.sum(np.square(x - mean), 0) / (x.shape[0] - 1)
        running_mean = np.asarray([(1 - momentum) * a + momentum * b for a, b in zip(running_mean, mean)])
        running_var = (1 - momentum) * running_var + momentum * unbiased
    layer = (Training if training else Evaluating)(x, gamma, mean, var, eps)
    return (layer.out(beta), running_mean, running_var), layer


def batch_norm_backward(dy, cache):
    return (cache.dx(dy),) + cache.params(dy)
