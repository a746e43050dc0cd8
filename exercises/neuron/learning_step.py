"""A learning step: predict, measure the loss, find the gradient, update

One sigmoid neuron, one batch, one step of gradient descent: everything that training is, once.

    x   (N, D)  N examples with D features each
    y   (N,)    the right answers, 0.0 or 1.0
    w   (D,)    the weights
    b   number  the bias
    lr  number  the learning rate

    predict   z[n] = sum over d of x[n, d] * w[d], plus b
              a[n] = sigmoid(z[n]), a probability for each example
    loss      the binary cross entropy, which is the mean over n of
              -(y[n] * log(a[n]) + (1 - y[n]) * log(1 - a[n]))
    gradient  of that loss, with respect to w and to b
    update    w and b, each a step of length lr times its gradient, downhill

Return the new w, the new b, and the loss before the update, one number. The array w that was passed in must
stay as it was: make a new one. You may use what you wrote before, as in
`from neuron.sigmoid import sigmoid_forward`.

A neuron that is sure of itself and wrong, at z = -1000 with y = 1, has a loss of 1000, not inf or nan: log(a)
is of no use there. Write the loss in terms of z instead. And the gradient with respect to z, once you have
worked it out on paper, is shorter than you fear.
"""

import numpy as np


def learning_step(x, y, w, b, lr):
    """x (N, D), y (N,), w (D,), b and lr numbers -> new w (D,), new b, loss before the update"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return w, b, loss
