import numpy as np

from neuron.relu import relu_backward, relu_forward
from neuron.sigmoid import sigmoid_backward, sigmoid_forward
from neuron.tanh import tanh_backward, tanh_forward

PAIRS = dict(
    sigmoid=(sigmoid_forward, sigmoid_backward),
    tanh=(tanh_forward, tanh_backward),
    relu=(relu_forward, relu_backward),
)


def gradient_norms(x, weights, activation, dlast):
    forward, backward = PAIRS[activation]
    stack, a = [], x
    for W in weights:
        y, cache = forward(a @ W)
        stack.append((a, cache))
        a = y
    squares, d = [], dlast
    for W, (a, cache) in zip(reversed(weights), reversed(stack)):
        d = backward(d, cache)
        # ||a^T d||^2 = trace(a a^T d d^T), two matrices (N, N)
        squares.append(np.vdot(a @ a.T, d @ d.T))
        d = d @ W.T
    return np.sqrt(np.maximum(squares, 0))[::-1].tolist()
