"""As in micrograd: each Value has a _backward that adds to its inputs' grads; inner grads start anew each time."""
import math


class Value:
    def __init__(self, data, _prev=()):
        self.data = data
        self.grad = 0.0
        self._prev = _prev
        self._backward = lambda: None

    def _make(self, data, prev, backward):
        out = Value(data, prev)
        out._backward = lambda: backward(out.grad)
        return out

    def __add__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        def back(g):
            self.grad += g
            other.grad += g
        return self._make(self.data + other.data, (self, other), back)

    def __mul__(self, other):
        other = other if isinstance(other, Value) else Value(other)
        def back(g):
            self.grad += other.data * g
            other.grad += self.data * g
        return self._make(self.data * other.data, (self, other), back)

    def _chain(self, y, slope):
        def back(g):
            self.grad += slope * g
        return self._make(y, (self,), back)

    def __pow__(self, n): return self._chain(self.data**n, n * self.data ** (n - 1))
    def exp(self): return self._chain(math.exp(self.data), math.exp(self.data))
    def tanh(self): return self._chain(math.tanh(self.data), 1 - math.tanh(self.data) ** 2)
    def relu(self): return self._chain(max(0, self.data), int(self.data > 0))
    def __neg__(self): return self * -1
    def __radd__(self, other): return self + other
    def __sub__(self, other): return self + (-other)
    def __rsub__(self, other): return other + (-self)
    def __rmul__(self, other): return self * other
    def __truediv__(self, other): return self * (other**-1)
    def __rtruediv__(self, other): return other * self**-1

    def backward(self):
        topo, seen, stack = [], set(), [(self, False)]
        while stack:
            v, done = stack.pop()
            if done:
                topo.append(v)
            elif v not in seen:
                seen.add(v)
                stack.append((v, True))
                stack.extend((p, False) for p in v._prev)
        for v in topo:
            if v._prev:
                v.grad = 0.0
        self.grad += 1.0
        for v in reversed(topo):
            v._backward()
