import numpy as np


class Average:
    """a fading average that starts from 0, and knows how old it is"""

    def __init__(self, so_far, beta, age):
        self.value, self.beta, self.age = so_far, beta, age

    def __lshift__(self, new):
        self.value = self.beta * self.value + (1 - self.beta) * new
        return self

    def __invert__(self):
        with np.errstate(divide="ignore"):
            return self.value / -np.expm1(self.age * np.log(self.beta))


def adam_step(w, dw, m, v, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    first, second = Average(m, beta1, t), Average(v, beta2, t)
    first << dw
    second << dw ** 2
    return w - lr * ~first / (np.sqrt(~second) + eps), first.value, second.value
