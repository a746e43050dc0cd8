import math
from dataclasses import dataclass, field
import numpy as np


@dataclass(eq=False)
class Value:
    data: float
    grad: float = 0.0
    ins: list = field(default_factory=list, repr=False)

    @staticmethod
    def of(v): return v if isinstance(v, Value) else Value(np.float64(v))
    def __add__(self, o): o = Value.of(o); return Value(self.data + o.data, 0.0, [(self, 1.0), (o, 1.0)])
    def __mul__(self, o): o = Value.of(o); return Value(self.data * o.data, 0.0, [(self, o.data), (o, self.data)])
    def __pow__(self, k): return Value(np.float64(self.data) ** k, 0.0, [(self, k * np.float64(self.data) ** (k - 1))])
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -Value.of(o)
    def __truediv__(self, o): return self * Value.of(o) ** -1
    def __radd__(self, o): return Value.of(o) + self
    def __rmul__(self, o): return Value.of(o) * self
    def __rsub__(self, o): return Value.of(o) - self
    def __rtruediv__(self, o): return Value.of(o) / self
    def exp(self): y = np.exp(self.data); return Value(y, 0.0, [(self, y)])
    def tanh(self): y = np.tanh(self.data); return Value(y, 0.0, [(self, 1 - y * y)])
    def relu(self): return Value(np.maximum(self.data, 0), 0.0, [(self, np.heaviside(self.data, 0))])

    def backward(self):
        order, seen, stack = [], set(), [(self, 0)]
        while stack:
            v, i = stack.pop()
            if i == 0:
                if v in seen: continue
                seen.add(v)
            if i < len(v.ins):
                stack += [(v, i + 1), (v.ins[i][0], 0)]
            else:
                order.append(v)
        g = dict.fromkeys(order, 0.0)
        g[self] = 1.0
        while order:
            v = order.pop()
            v.grad += g[v]
            for p, s in v.ins: g[p] += s * g[v]
