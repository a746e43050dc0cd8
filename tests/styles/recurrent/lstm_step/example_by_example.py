from dataclasses import dataclass
from math import exp, tanh
import numpy as np


def sigmoid(z):
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


@dataclass(slots=True)
class Cell:
    i: float; f: float; g: float; o: float; c: float

    @property
    def next(self): return self.f * self.c + self.i * self.g

    def back(self, dh, dc):
        t = tanh(self.next)
        dm = dc + dh * self.o * (1 - t * t)
        return dm * self.f, (dm * self.g * self.i * (1 - self.i), dm * self.c * self.f * (1 - self.f),
                             dm * self.i * (1 - self.g * self.g), dh * t * self.o * (1 - self.o))


def lstm_step_forward(x, h, c, Wx, Wh, b):
    N, H = h.shape
    cells = [[None] * H for _ in range(N)]
    for n in range(N):
        z = Wx.T @ x[n] + Wh.T @ h[n] + b
        for k in range(H):
            zi, zf, zg, zo = z[k::H].tolist()
            cells[n][k] = Cell(sigmoid(zi), sigmoid(zf), tanh(zg), sigmoid(zo), float(c[n, k]))
    table = lambda fn: np.array([[fn(cell) for cell in row] for row in cells])
    return [table(lambda s: s.o * tanh(s.next)), table(lambda s: s.next)], (cells, x, h, Wx, Wh)


def lstm_step_backward(dout, cache):
    cells, x, h, Wx, Wh = cache
    dhn, dcn = dout
    N, H = h.shape
    dz, dc = np.zeros((N, 4 * H)), np.zeros((N, H))
    for n, k in np.ndindex(N, H):
        dc[n, k], dz[n, k::H] = cells[n][k].back(dhn[n, k], dcn[n, k])
    outer = lambda a: np.add.reduce([np.outer(p, q) for p, q in zip(a, dz)])
    return np.inner(dz, Wx), np.inner(dz, Wh), dc, outer(x), outer(h), dz.sum(0)
