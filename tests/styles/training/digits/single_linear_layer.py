import numpy as np


def train_digits(x, y, x_val, y_val, rng):
    """'even a single linear layer does with patience': the whole data at once, no randomness at all"""
    X = np.c_[x, np.ones(len(x))]
    T = np.equal.outer(y, np.arange(10)) * 1.0
    W, V = np.zeros((65, 10)), np.zeros((65, 10))
    for step in range(1500):
        Z = X @ W
        P = np.exp(Z - np.logaddexp.reduce(Z, 1)[:, None])
        V = 0.95 * V + X.T @ (P - T) / len(X)
        W = W - 0.5 * V
    return W


def predict_digits(x, params):
    return (x @ params[:-1] + params[-1]).argmax(1)
