"""Every operation is a subclass, with its data and its slopes computed from the inputs when they are asked for."""
import math
from collections import Counter, defaultdict


class Value:
    args = ()

    def __init__(self, data):
        self.data = data
        self.grad = 0.0

    def __add__(self, other): return Sum(self, other)
    def __radd__(self, other): return Sum(other, self)
    def __sub__(self, other): return Sum(self, Product(-1.0, other))
    def __rsub__(self, other): return Sum(other, Product(-1.0, self))
    def __mul__(self, other): return Product(self, other)
    def __rmul__(self, other): return Product(other, self)
    def __truediv__(self, other): return Product(self, Power(other, -1))
    def __rtruediv__(self, other): return Product(other, Power(self, -1))
    def __pow__(self, exponent): return Power(self, exponent)
    def exp(self): return Map(self, math.exp, math.exp)
    def tanh(self): return Map(self, math.tanh, lambda x: 1 - math.tanh(x) ** 2)
    def relu(self): return Map(self, lambda x: max(x, 0.0), lambda x: 1.0 if x > 0 else 0.0)

    def backward(self):
        users, stack, seen = Counter(), [self], {id(self)}
        while stack:
            for p in stack.pop().args:
                users[id(p)] += 1
                if id(p) not in seen:
                    seen.add(id(p))
                    stack.append(p)
        flow, ready = defaultdict(float, {id(self): 1.0}), [self]
        while ready:
            v = ready.pop()
            v.grad += flow[id(v)]
            for p, s in zip(v.args, v.slopes() if v.args else []):
                flow[id(p)] += s * flow[id(v)]
                users[id(p)] -= 1
                if not users[id(p)]:
                    ready.append(p)


class Op(Value):
    def __init__(self, *args):
        self.args = [a if isinstance(a, Value) else Value(a) for a in args]
        super().__init__(self.value(*(a.data for a in self.args)))


class Sum(Op):
    def value(self, a, b): return a + b
    def slopes(self): return 1.0, 1.0


class Product(Op):
    def value(self, a, b): return a * b
    def slopes(self): return self.args[1].data, self.args[0].data


class Map(Op):
    def __init__(self, x, f, df):
        self.value, self.slopes = f, lambda: [df(self.args[0].data)]
        super().__init__(x)


class Power(Map):
    def __init__(self, x, n):
        super().__init__(x, lambda x: x**n, lambda x: n * x ** (n - 1))
