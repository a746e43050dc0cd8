"""A sigmoid neuron on a batch: z[n] = sum over d of x[n, d] * w[d], plus b; a = sigmoid(z)

The weighted sum and the activation in one, for N examples at once. This is the smallest network there is.

    x  (N, D)  N examples with D features each
    w  (D,)    one weight for each feature, shared by all examples
    b  number  one bias, shared by all examples
    a  (N,)    one probability for each example

As before, the sigmoid has to be right for weighted sums of 1000 and of -1000. You may use your own:
`from neuron.sigmoid import sigmoid_forward`, and sigmoid_backward in the same way.

The backward gets da (N,), the gradient of the loss with respect to a. Go back the way you came: first through
the activation, then through the weighted sum. w and b served every example, so every example has a say in
their gradients; an example's own dx concerns nobody else.
"""

import numpy as np


def neuron_forward(x, w, b):
    """x (N, D), w (D,), b a number -> a (N,), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a, cache


def neuron_backward(da, cache):
    """da (N,) -> dx (N, D), dw (D,), db a number"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx, dw, db
