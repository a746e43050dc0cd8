import copy
import numpy as np


class Parameter:
    def __init__(self, value):
        self.value = copy.deepcopy(value)
        self.velocity = 0.0

    def update(self, g, lr, momentum, decay):
        self.velocity = momentum * self.velocity + g + decay * self.value
        self.value = self.value - lr * self.velocity


class Linear:
    def __init__(self, W, b):
        self.W, self.b = Parameter(W), Parameter(b)

    def forward(self, x):
        self.x = x
        return np.matmul(x, self.W.value) + self.b.value

    def backward(self, d):
        self.grads = (self.W, np.matmul(self.x.T, d)), (self.b, d.sum(axis=0))
        return np.matmul(d, self.W.value.T)

    def step(self, *how):
        for p, g in self.grads:
            p.update(g, *how)


class ReLU:
    def forward(self, z):
        self.open = z > 0
        return z * self.open

    def backward(self, d):
        return d * self.open

    def step(self, *how):
        pass


def fit(x, target, params, batches, lr, momentum, weight_decay):
    net = []
    for W, b in params:
        net += [ReLU(), Linear(W, b)]
    net = net[1:]
    losses = []
    for batch in batches:
        a = x[batch]
        for layer in net:
            a = layer.forward(a)
        lse = np.logaddexp.reduce(a, axis=1)
        n, t = a.shape[0], np.expand_dims(target[batch], 1)
        losses += [float(np.mean(lse - np.take_along_axis(a, t, 1)[:, 0]))]
        d = np.exp(a - lse[:, None])
        np.put_along_axis(d, t, np.take_along_axis(d, t, 1) - 1, 1)
        d /= n
        for layer in net[::-1]:
            d = layer.backward(d)
        for layer in net:
            layer.step(lr, momentum, weight_decay)
    return [[layer.W.value, layer.b.value] for layer in net[::2]], losses
