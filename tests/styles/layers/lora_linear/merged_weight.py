import numpy as np


class Merged(object):
    """W + s A B is one matrix; its gradient dM is x.T dy, and A and B get theirs from dM."""

    def __init__(self, x, W, A, B, s):
        self.x = x; self.A = A; self.B = B; self.s = s
        self.M = np.add(W, np.multiply(s, np.matmul(A, B)))

    @property
    def y(self):
        return np.matmul(self.x, self.M)

    def backward(self, dy):
        dM = np.matmul(np.transpose(self.x), dy)
        return (np.matmul(dy, np.transpose(self.M)),
                np.matmul(dM, np.transpose(self.B)) * self.s,
                np.matmul(np.transpose(self.A), dM) * self.s)


def lora_linear_forward(x, W, A, B, scale):
    m = Merged(x, W, A, B, scale)
    return m.y, m


def lora_linear_backward(dy, cache):
    return cache.backward(dy)
