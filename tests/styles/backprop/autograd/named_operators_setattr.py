import math
import operator


class Value:
    def __init__(self, data, src=None):
        self.data, self.grad, self.src = data, 0.0, src or []

    def backward(self):
        count, todo, seen = {self: 0}, [self], {self}
        while todo:
            for p, _ in todo.pop().src:
                count[p] = count.get(p, 0) + 1
                if p not in seen:
                    seen.add(p); todo.append(p)
        g, todo = {self: 1.0}, [self]
        while todo:
            v = todo.pop()
            v.grad += g[v]
            for p, s in v.src:
                g[p] = g.get(p, 0.0) + s * g[v]
                count[p] -= 1
                if count[p] == 0:
                    todo.append(p)

    def exp(self):
        return Value(math.e ** self.data, [(self, math.e ** self.data)])

    def tanh(self):
        e = (self * 2).exp()
        return (e - 1) / (e + 1)

    def relu(self):
        return self * 1.0 if self.data > 0 else self * 0.0


def install(name, f, slopes):
    def method(self, other):
        o = other if isinstance(other, Value) else Value(other)
        return Value(f(self.data, o.data), list(zip((self, o), slopes(self.data, o.data))))
    setattr(Value, f"__{name}__", method)
    setattr(Value, f"__r{name}__", lambda self, other: method(Value(other), self))


install("add", operator.add, lambda a, b: (1, 1))
install("sub", operator.sub, lambda a, b: (1, -1))
install("mul", operator.mul, lambda a, b: (b, a))
install("truediv", operator.truediv, lambda a, b: (1 / b, -a / b**2))
install("pow", operator.pow, lambda a, b: (b * a ** (b - 1), 0))
