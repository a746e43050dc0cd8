import numpy as np


class RNN:
    def __init__(self, h0, Wx, Wh, b, T):
        self.Wx, self.Wh, self.b = Wx, Wh, b
        self.states = np.zeros((len(h0), T + 1, len(b)))
        self.states[:, 0, :] = h0

    def forward(self, x):
        self.x = x.copy()
        for t in range(x.shape[1]):
            z = self.states[:, t + 1]           # a view, filled in place
            np.matmul(self.states[:, t], self.Wh, out=z)
            z += x[:, t] @ self.Wx
            z += self.b
            np.tanh(z, out=z)
        return self.states[:, 1:]

    def backward(self, dhs):
        dx, (dWx, dWh, db) = np.zeros_like(self.x), map(np.zeros_like, (self.Wx, self.Wh, self.b))
        carry = np.zeros_like(self.states[:, 0])
        t = dhs.shape[1] - 1
        while t >= 0:
            carry += dhs[:, t]
            carry *= 1 - np.square(self.states[:, t + 1])
            dx[:, t] = carry @ self.Wx.T
            dWx += self.x[:, t].T @ carry
            dWh += self.states[:, t].T @ carry
            db += carry.sum(axis=0)
            carry = carry @ self.Wh.T
            t -= 1
        return dx, carry, dWx, dWh, db


def rnn_forward(x, h0, Wx, Wh, b):
    net = RNN(h0, Wx, Wh, b, x.shape[1])
    return net.forward(x), net


def rnn_backward(dhs, cache):
    return cache.backward(dhs)
