import collections
import numpy as np


def train_digits(x, y, x_val, y_val, rng):
    """"Train whatever you like": here everything is kept by heart, and the validation data chooses k."""
    def right(k):
        return sum(int(vote(row, x, y, k) == t) for row, t in zip(x_val, y_val))
    k = max((1, 3, 5, 7), key=right)
    return collections.namedtuple("Memory", "x y k")(x.copy(), y.copy(), k)._asdict()


def vote(row, x, y, k):
    near = np.argsort(((x - row) ** 2).sum(1), kind="stable")[:k]
    return collections.Counter(y[near].tolist()).most_common(1)[0][0]


def predict_digits(x, params):
    return np.array([vote(row, **params) for row in x])
