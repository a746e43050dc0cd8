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
        # YOUR CODE HERE
        raise NotImplementedError()

    def __add__(self, other):
        """self + other, a Value or a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __radd__(self, other):
        """Other + self, where other is a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __sub__(self, other):
        """Self - other, a Value or a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __rsub__(self, other):
        """Other - self, where other is a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __mul__(self, other):
        """Self * other, a Value or a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __rmul__(self, other):
        """Other * self, where other is a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __truediv__(self, other):
        """Self / other, a Value or a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __rtruediv__(self, other):
        """Other / self, where other is a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def __pow__(self, exponent):
        """Self ** exponent, a number -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def exp(self):
        """E to the power of self -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def tanh(self):
        """Hyperbolic tangent of self -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def relu(self):
        """Self where it is above 0, else 0 -> Value"""
        # YOUR CODE HERE
        raise NotImplementedError()
        return result

    def backward(self):
        """Add the gradient of self to the grad of every Value that it is made of, and 1 to its own."""
        # YOUR CODE HERE
        raise NotImplementedError()
