"""A Value is younger than all that it is made of: work off the youngest first, with a heap."""
import heapq
import itertools
import math

born = itertools.count()


class Value(object):
    def __init__(self, data, inputs=(), pull=None):
        self.data, self.grad = float(data), 0.0
        self._inputs, self._pull, self._born = inputs, pull, next(born)

    @staticmethod
    def _lift(v):
        return v if isinstance(v, Value) else Value(v)

    def _binary(self, other, fn, pull):
        other = Value._lift(other)
        return Value(fn(self.data, other.data), (self, other), lambda g: pull(g, self.data, other.data))

    def _unary(self, y, slope):
        return Value(y, (self,), lambda g: (g * slope(),))

    def __add__(self, o): return self._binary(o, lambda a, b: a + b, lambda g, a, b: (g, g))
    def __sub__(self, o): return self._binary(o, lambda a, b: a - b, lambda g, a, b: (g, -g))
    def __mul__(self, o): return self._binary(o, lambda a, b: a * b, lambda g, a, b: (g * b, g * a))
    def __truediv__(self, o): return self._binary(o, lambda a, b: a / b, lambda g, a, b: (g / b, -g * a / b / b))
    def __radd__(self, o): return Value(o) + self
    def __rsub__(self, o): return Value(o) - self
    def __rmul__(self, o): return Value(o) * self
    def __rtruediv__(self, o): return Value(o) / self
    def __pow__(self, k): return self._unary(self.data ** k, lambda: k * self.data ** (k - 1))
    def relu(self): return self._unary(self.data if self.data > 0 else 0.0, lambda: 1.0 if self.data > 0 else 0.0)

    def exp(self):
        y = math.exp(self.data)
        return self._unary(y, lambda: y)

    def tanh(self):
        return self._unary(math.tanh(self.data), lambda: 1 - math.tanh(self.data) ** 2)

    def backward(self):
        grads = {self._born: 1.0}
        heap = [(-self._born, self)]
        while heap:
            v = heapq.heappop(heap)[1]
            g = grads[v._born]
            v.grad += g
            for p, share in zip(v._inputs, v._pull(g) if v._pull else ()):
                if p._born not in grads:
                    heapq.heappush(heap, (-p._born, p))
                    grads[p._born] = 0.0
                grads[p._born] += share
