"""Every Value keeps pairs (input, slope); backward goes through the topological order."""
import math

from backprop.topological_order import topological_order


class Value:
    def __init__(self, data, made_of=()):
        self.data = data
        self.grad = 0.0
        self.made_of = made_of

    def __add__(self, other):
        other = value(other)
        return Value(self.data + other.data, [(self, 1.0), (other, 1.0)])

    def __mul__(self, other):
        other = value(other)
        return Value(self.data * other.data, [(self, other.data), (other, self.data)])

    def __pow__(self, exponent):
        slope = exponent * self.data ** (exponent - 1) if exponent else 0.0
        return Value(self.data ** exponent, [(self, slope)])

    __radd__ = __add__
    __rmul__ = __mul__
    def __sub__(self, other): return self + other * -1
    def __rsub__(self, other): return self * -1 + other
    def __truediv__(self, other): return self * value(other) ** -1
    def __rtruediv__(self, other): return self ** -1 * other

    def exp(self):
        e = math.exp(self.data)
        return Value(e, [(self, e)])

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, [(self, 1 - t * t)])

    def relu(self):
        return Value(max(self.data, 0), [(self, float(self.data > 0))])

    def backward(self):
        coming = {self: 1.0}
        for v in reversed(topological_order(self, lambda n: [p for p, _ in n.made_of])):
            g = coming.pop(v)
            v.grad += g
            for p, slope in v.made_of:
                coming[p] = coming.get(p, 0.0) + g * slope


def value(v):
    return v if isinstance(v, Value) else Value(v)
