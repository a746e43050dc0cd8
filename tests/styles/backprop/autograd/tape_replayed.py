"""One tape for all: rows (result, inputs, slopes) by number. Backward walks the tape from the Value's own row down."""
import math
from math import exp, tanh

TAPE = []




class Value:
    __slots__ = ("data", "grad", "row")

    def __init__(self, data, *pairs):
        self.data = data
        self.grad = 0.0
        self.row = len(TAPE)
        TAPE.append((self, tuple((p.row, s) for p, s in pairs)))

    def _with(self, other, value, mine, others):
        if isinstance(other, Value):
            return Value(value, (self, mine), (other, others))
        return Value(value, (self, mine))      # a plain number needs no gradient

    def __add__(self, o): return self._with(o, self.data + num(o), 1.0, 1.0)
    def __sub__(self, o): return self._with(o, self.data - num(o), 1.0, -1.0)
    def __mul__(self, o): return self._with(o, self.data * num(o), num(o), self.data)
    def __truediv__(self, o): return self._with(o, self.data / num(o), 1 / num(o), -self.data / num(o) ** 2)
    def __radd__(self, o): return Value(o + self.data, (self, 1.0))
    def __rsub__(self, o): return Value(o - self.data, (self, -1.0))
    def __rmul__(self, o): return Value(o * self.data, (self, o))
    def __rtruediv__(self, o): return Value(o / self.data, (self, -o / self.data**2))
    def __pow__(self, k): return Value(self.data**k, (self, k * self.data ** (k - 1)))
    def exp(self): return Value(e := exp(self.data), (self, e))
    def tanh(self): return Value(t := tanh(self.data), (self, (1 + t) * (1 - t)))
    def relu(self): return Value(self.data * (self.data > 0), (self, 1.0 * (self.data > 0)))

    def backward(self):
        adjoint = [0.0] * (self.row + 1)
        adjoint[-1] = 1.0
        for row in range(self.row, -1, -1):
            if adjoint[row]:
                value, inputs = TAPE[row]
                value.grad += adjoint[row]
                for p, slope in inputs:
                    adjoint[p] += slope * adjoint[row]


def num(v):
    return v.data if isinstance(v, Value) else v
