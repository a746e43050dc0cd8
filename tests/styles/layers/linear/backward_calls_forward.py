"""A product with a transpose is a linear layer as well, so the forward serves for all three gradients."""
import numpy as np


def linear_forward(X, weights, bias, /, *, verbose=False):
    y = X @ weights + bias
    if verbose:
        print("linear", X.shape, weights.shape)
    return y, (X, weights)


def linear_backward(grad, saved):
    X, weights = saved
    n, d, m = X.shape[0], X.shape[1], weights.shape[1]
    dx, _ = linear_forward(grad, weights.T, np.zeros(d))
    dW, _ = linear_forward(X.T, grad, np.zeros(m))
    db, _ = linear_forward(np.ones((1, n)), grad, np.zeros(m))
    return dx, dW, db[0]
