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
    ### BEGIN SOLUTION
    z = x @ w + b
    # MISTAKE bias-forgotten: z = x @ w
    small = np.exp(-np.abs(z))  # from 0 to 1: cannot overflow
    a = np.where(z >= 0, 1.0, small) / (1.0 + small)
    loss = np.mean(np.maximum(z, 0.0) - z * y + np.log1p(small))
    # MISTAKE loss-1e-15-added: loss = -np.mean(y * np.log(a + 1e-15) + (1 - y) * np.log(1 - a + 1e-15))
    # MISTAKE loss-of-log-zero: loss = -np.mean(y * np.log(a) + (1.0 - y) * np.log(1.0 - a))
    # MISTAKE loss-infinite: loss = np.mean(np.log(1.0 + np.exp(z)) - z * y)
    # MISTAKE loss-clipped-at-1e-7: p = np.clip(a, 1e-7, 1 - 1e-7); loss = -np.mean(np.log(np.abs(1 - y - p)))
    # MISTAKE loss-clipped-at-1e-8: p = np.clip(a, 1e-8, 1 - 1e-8); loss = -np.mean(np.log(np.abs(1 - y - p)))
    # MISTAKE loss-clipped-at-1e-10: p = np.clip(a, 1e-10, 1 - 1e-10); loss = -np.mean(np.log(np.abs(1 - y - p)))
    # MISTAKE loss-clipped-at-1e-12: p = np.clip(a, 1e-12, 1 - 1e-12); loss = -np.mean(np.log(np.abs(1 - y - p)))
    # MISTAKE loss-clipped-at-1e-15: p = np.clip(a, 1e-15, 1 - 1e-15); loss = -np.mean(np.log(np.abs(1 - y - p)))
    # MISTAKE loss-logs-held: loss = -np.mean(np.maximum(np.log(np.abs(1 - y - a)), -100))
    # MISTAKE loss-summed: loss = np.sum(np.maximum(z, 0.0) - z * y + np.log1p(small))
    # MISTAKE loss-negative: loss = -np.mean(np.maximum(z, 0.0) - z * y + np.log1p(small))
    # MISTAKE loss-of-ones-only: loss = np.mean(y * (np.maximum(z, 0.0) - z + np.log1p(small)))
    # MISTAKE loss-squared-error: loss = np.mean((a - y) ** 2)
    dz = (a - y) / len(x)
    # MISTAKE divided-by-features: dz = (a - y) / x.shape[1]
    # MISTAKE slope-of-the-squared-error: dz = 2 * (a - y) * a * (1 - a) / len(x)
    # MISTAKE gradient-summed: dz = a - y
    # MISTAKE sigmoid-slope-twice: dz = (a - y) * a * (1.0 - a) / len(x)
    # MISTAKE error-of-z: dz = (z - y) / len(x)
    # MISTAKE error-of-decision: dz = ((z > 0) - y) / len(x)
    w = w - lr * (x.T @ dz)
    # MISTAKE uphill: w = w + lr * (x.T @ dz)
    # MISTAKE learning-rate-unused: w = w - x.T @ dz
    # MISTAKE weights-gradient-summed: w = w - lr * (x.T @ (a - y))
    # MISTAKE step-alone: w = -lr * (x.T @ dz)
    # MISTAKE gradient-returned: w = x.T @ dz
    b = b - lr * np.sum(dz)
    # MISTAKE bias-uphill: b = b + lr * np.sum(dz)
    # MISTAKE bias-and-loss-exchanged: b, loss = loss, b - lr * np.sum(dz)
    # MISTAKE bias-step-without-rate: b = b - np.sum(dz)
    # MISTAKE uphill: b = b + lr * np.sum(dz)
    # MISTAKE learning-rate-unused: b = b - np.sum(dz)
    # MISTAKE bias-gradient-summed: b = b - lr * np.sum(a - y)
    # MISTAKE step-alone: b = -lr * np.sum(dz)
    # MISTAKE gradient-returned: b = np.sum(dz)
    # MISTAKE bias-fixed: b = 1.0 * b
    # MISTAKE bias-averaged-again: b = b - lr * np.mean(dz)
    # MISTAKE bias-after-weights: b = b - lr * np.mean(1.0 / (1.0 + np.exp(-(x @ w + b))) - y)
    # MISTAKE loss-too-late: b -= lr * np.sum(dz); z = x @ w + b; loss = np.mean(np.logaddexp(0, z) - z * y)
    ### END SOLUTION
    return w, b, loss
