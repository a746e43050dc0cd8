"""A number that remembers where it comes from, and differentiates

Up to here you have written backwards by hand. This class makes them unnecessary: one writes a formula, and the
gradients come by themselves. It is what lies under PyTorch, with one number in place of an array.

    a = Value(2.0)
    b = Value(-3.0)
    c = a * b + a          # c.data is -4.0
    c.backward()           # now a.grad is -2.0 and b.grad is 2.0

A Value holds

    data  the number
    grad  0.0 at first; after c.backward(), the gradient of c with respect to this Value, for c itself and for all
          that c is made of

Every operation makes a new Value and leaves the old ones as they are. + - * / work between two Values and with a
plain number on either side, as in 1 - a or 2 / a; ** takes a plain number as its exponent. The slope of relu at
exactly 0 counts as 0.

A Value may be used twice, as in a * a or in two branches that meet again: what comes back to it adds up. Calls of
backward add up too. A Value that was made from a number collects in its grad what each call brings it, whether the
calls come from the same Value or from others that share parts of their formulas, and also where it is itself the
one that backward is called on, which brings it 1. (What the Values in between hold after a second call is not
looked at.)

A formula of 10,000 operations in a row works: calls within calls end at a depth of about a thousand in Python. And so
does a = a + a, sixty times over: there are 2**60 ways through it, but only sixty operations.

You may give the methods more arguments, and the class more methods and attributes, as you need them. The exercise
topological_order has something that you may want here: `from backprop.topological_order import topological_order`.
"""

import math


class Value:
    """A number with a gradient."""

    def __init__(self, data):
        """Hold this number, with a gradient of 0.0."""
        ### BEGIN SOLUTION
        self.data, self.grad = data, 0.0
        # MISTAKE no-gradient-at-first: self.data, self.grad = data, None
        self.slopes = []  # pairs: an input, and how fast this grows with it
        # MISTAKE equal-numbers-are-one: self.slopes = []; Value.__eq__ = lambda a, b: a.data == b.data; Value.__hash__ = lambda a: hash(a.data)
        ### END SOLUTION

    def __add__(self, other):
        """self + other, a Value or a number -> Value"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        # MISTAKE zero-added-is-self: given = isinstance(other, Value); other = other if given else Value(other)
        result = Value(self.data + other.data)
        result.slopes = [(self, 1.0), (other, 1.0)]
        # MISTAKE used-twice-counts-once: result.slopes = list({self: 1.0, other: 1.0}.items())
        # MISTAKE sum-passes-value: result.slopes = [(self, self.data), (other, other.data)]
        # MISTAKE zero-added-is-self: result.slopes = [(self, 1.0), (other, 1.0)]; result = self if given and other.data == 0 else result
        ### END SOLUTION
        return result

    def __radd__(self, other):
        """Other + self, where other is a number -> Value"""
        ### BEGIN SOLUTION
        result = self + other
        # MISTAKE number-zero-is-self: result = self if other == 0 else self + other
        ### END SOLUTION
        return result

    def __sub__(self, other):
        """Self - other, a Value or a number -> Value"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        result = Value(self.data - other.data)
        result.slopes = [(self, 1.0), (other, -1.0)]
        # MISTAKE difference-sign: result.slopes = [(self, 1.0), (other, 1.0)]
        # MISTAKE same-twice-counts-once: result.slopes = list({self: 1.0, other: -1.0}.items())
        ### END SOLUTION
        return result

    def __rsub__(self, other):
        """Other - self, where other is a number -> Value"""
        ### BEGIN SOLUTION
        result = Value(other - self.data)
        result.slopes = [(self, -1.0)]
        # MISTAKE number-minus-ignored: result = self - other
        # MISTAKE number-minus-value-slope: result.slopes = [(self, 1.0)]
        ### END SOLUTION
        return result

    def __mul__(self, other):
        """Self * other, a Value or a number -> Value"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        # MISTAKE times-one-is-self: plain = not isinstance(other, Value); other = Value(other) if plain else other
        result = Value(self.data * other.data)
        result.slopes = [(self, other.data), (other, self.data)]
        # MISTAKE used-twice-counts-once: result.slopes = list({self: other.data, other: self.data}.items())
        # MISTAKE own-factor: result.slopes = [(self, self.data), (other, other.data)]
        # MISTAKE times-one-is-self: result.slopes = [(self, other.data), (other, self.data)]; result = self if plain and other.data == 1 else result
        # MISTAKE slope-by-division: result.slopes = [(one, result.data / one.data if one.data else math.nan) for one in (self, other)]
        # MISTAKE product-first-only: result.slopes = [(self, other.data)]
        ### END SOLUTION
        return result

    def __rmul__(self, other):
        """Other * self, where other is a number -> Value"""
        ### BEGIN SOLUTION
        result = self * other
        ### END SOLUTION
        return result

    def __truediv__(self, other):
        """Self / other, a Value or a number -> Value"""
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        result = Value(self.data / other.data)
        result.slopes = [(self, 1 / other.data), (other, -self.data / other.data**2)]
        # MISTAKE divisor-sign: result.slopes = [(self, 1 / other.data), (other, self.data / other.data**2)]
        # MISTAKE same-twice-counts-once: result.slopes = list({self: 1 / other.data, other: -self.data / other.data**2}.items())
        # MISTAKE divisor-not-squared: result.slopes = [(self, 1 / other.data), (other, -self.data / other.data)]
        # MISTAKE numerator-forgotten: result.slopes = [(self, 1 / other.data), (other, -1 / other.data**2)]
        # MISTAKE quotient-like-product: result.slopes = [(self, other.data), (other, self.data)]
        # MISTAKE divisor-gets-nothing: result.slopes = [(self, 1 / other.data)]
        ### END SOLUTION
        return result

    def __rtruediv__(self, other):
        """Other / self, where other is a number -> Value"""
        ### BEGIN SOLUTION
        result = Value(other / self.data)
        result.slopes = [(self, -other / self.data**2)]
        # MISTAKE number-over-ignored: result = self / other
        # MISTAKE divisor-sign: result.slopes = [(self, other / self.data**2)]
        # MISTAKE divisor-not-squared: result.slopes = [(self, -other / self.data)]
        # MISTAKE numerator-forgotten: result.slopes = [(self, -1 / self.data**2)]
        ### END SOLUTION
        return result

    def __pow__(self, exponent):
        """Self ** exponent, a number -> Value"""
        ### BEGIN SOLUTION
        result = Value(self.data**exponent)
        result.slopes = [(self, exponent * self.data ** (exponent - 1))]
        # MISTAKE exponent-not-lowered: result.slopes = [(self, exponent * self.data**exponent)]
        # MISTAKE exponent-forgotten: result.slopes = [(self, self.data ** (exponent - 1))]
        ### END SOLUTION
        return result

    def exp(self):
        """E to the power of self -> Value"""
        ### BEGIN SOLUTION
        result = Value(math.exp(self.data))
        result.slopes = [(self, result.data)]
        # MISTAKE exp-slope-of-input: result.slopes = [(self, self.data)]
        # MISTAKE exp-as-a-power: result.slopes = [(self, self.data * math.exp(self.data - 1))]
        ### END SOLUTION
        return result

    def tanh(self):
        """Hyperbolic tangent of self -> Value"""
        ### BEGIN SOLUTION
        result = Value(math.tanh(self.data))
        result.slopes = [(self, 1 - result.data**2)]
        # MISTAKE tanh-of-the-input: result.slopes = [(self, 1 - self.data**2)]
        # MISTAKE tanh-not-squared: result.slopes = [(self, 1 - result.data)]
        ### END SOLUTION
        return result

    def relu(self):
        """Self where it is above 0, else 0 -> Value"""
        ### BEGIN SOLUTION
        result = Value(max(self.data, 0.0))
        result.slopes = [(self, float(self.data > 0))]
        # MISTAKE relu-always-open: result.slopes = [(self, 1.0)]
        # MISTAKE relu-slope-at-zero: result.slopes = [(self, float(self.data >= 0))]
        # MISTAKE relu-passes-value: result.slopes = [(self, result.data)]
        ### END SOLUTION
        return result

    def backward(self):
        """Add the gradient of self to the grad of every Value that it is made of, and 1 to its own."""
        ### BEGIN SOLUTION
        uses, stack = {self: 0}, [self]
        # MISTAKE recursive: uses, stack = {self: 0}, [self]; seen = set(); walk = lambda node: node in seen or seen.add(node) or [walk(one) for one, _ in node.slopes]; walk(self)
        while stack:
            for value, _ in stack.pop().slopes:
                if value not in uses:
                    uses[value] = 0
                    stack.append(value)
                uses[value] += 1
        arrived, ready = {self: 1.0}, [self]
        # MISTAKE starts-from-data: arrived, ready = {self: self.data}, [self]
        # MISTAKE between-left-over: arrived, ready = {}, [self]; self.grad = 1.0
        # MISTAKE between-left-over-added: arrived, ready = {}, [self]; self.grad += 1.0
        # MISTAKE leaf-does-nothing: arrived, ready = {self: 1.0}, [self] if self.slopes else []
        # MISTAKE once-per-way: ready, todo = [], [(self, 1.0)]; [(setattr(value, "grad", value.grad + gradient), todo.extend((one, slope * gradient) for one, slope in value.slopes)) for value, gradient in iter(lambda: todo.pop() if todo else None, None)]
        while ready:
            value = ready.pop()
            # MISTAKE in-order-of-discovery: value = ready.pop(0)
            gradient = arrived[value]
            # MISTAKE between-left-over: gradient = value.grad
            # MISTAKE between-left-over-added: gradient = value.grad
            value.grad += gradient
            # MISTAKE no-gradient-at-first: value.grad = (value.grad or 0.0) + gradient
            # MISTAKE calls-do-not-add: value.grad = gradient
            # MISTAKE own-gradient-set: value.grad = gradient if value is self else value.grad + gradient
            # MISTAKE own-gradient-missing: value.grad += 0.0 if value is self else gradient
            # MISTAKE only-leaves: value.grad += 0.0 if value.slopes else gradient
            # MISTAKE between-left-over: pass
            # MISTAKE between-left-over-added: pass
            for before, slope in value.slopes:
                arrived[before] = arrived.get(before, 0.0) + slope * gradient
                # MISTAKE branches-do-not-add: arrived[before] = slope * gradient
                # MISTAKE upstream-ignored: arrived[before] = arrived.get(before, 0.0) + slope
                # MISTAKE slopes-added: arrived[before] = arrived.get(before, 0.0) + slope + gradient
                # MISTAKE between-left-over: before.grad += slope * gradient
                # MISTAKE between-left-over-added: before.grad += slope * gradient
                uses[before] -= 1
                # MISTAKE passed-on-too-early: pass
                # MISTAKE in-order-of-discovery: pass
                if uses[before] == 0:
                    # MISTAKE in-order-of-discovery: if uses.pop(before, None) is not None:
                    # MISTAKE passed-on-too-early: if uses.pop(before, None) is not None:
                    ready.append(before)
        ### END SOLUTION
