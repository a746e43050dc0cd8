from dataclasses import dataclass, field
import numpy as np


@dataclass
class Tape:
    steps: list = field(default_factory=list)

    def linear(self, x, W, b):
        self.steps.append(lambda g: (g @ W.T, [x.T @ g, g.sum(0)]))
        return x @ W + b

    def relu(self, z):
        self.steps.append(lambda g: (np.where(z > 0, g, 0.0), []))
        return np.where(z > 0, z, 0.0)


def residual_forward(x, W1, b1, W2, b2):
    tape = Tape()
    r = tape.linear(tape.relu(tape.linear(x, W1, b1)), W2, b2)
    return x + r, tape


def residual_backward(dy, cache):
    g, grads = dy, []
    for step in reversed(cache.steps):
        g, more = step(g)
        grads = more + grads
    return (dy + g, *grads)
