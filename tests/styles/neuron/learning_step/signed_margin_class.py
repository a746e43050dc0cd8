import numpy as np


class Neuron(object):
    def __init__(self, w, b):
        self.theta = np.concatenate((w, [b]))

    def margins(self, X, sign):
        return sign * (X @ self.theta)

    def step(self, X, y, lr):
        sign = 2 * y - 1
        m = self.margins(X, sign)
        e = np.exp(-np.abs(m))
        loss = (np.log1p(e) - np.minimum(m, 0)).mean()
        pull = np.where(m > 0, e, 1) / (1 + e)          # sigmoid(-m)
        grad = -(X * (sign * pull)[:, None]).mean(0)
        self.theta = self.theta - lr * grad
        return loss


def learning_step(x, y, w, b, lr):
    neuron = Neuron(w, b)
    loss = neuron.step(np.insert(x, x.shape[1], 1.0, axis=1), y, lr)
    *w_new, b_new = neuron.theta
    return np.array(w_new), b_new, loss
