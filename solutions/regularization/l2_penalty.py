"""L2 penalty: loss = weight_decay / 2 * sum of w**2

A network that fits its training examples too closely tends to have large weights. The penalty is added to
the loss and makes them cost something, the large ones most of all.

    w             weights, an array of any shape
    weight_decay  a number, 0 or more: how much a weight costs
    loss          one number: the sum runs over every entry of w, whatever its shape

The backward gets dloss, the gradient of the whole loss with respect to this number. It is a number too and
not always 1. It returns dw, of the shape of w; weight_decay gets no gradient, it is chosen by hand.
"""

import numpy as np


def l2_penalty_forward(w, weight_decay):
    """w of any shape, weight_decay a number -> loss, a number, and cache"""
    ### BEGIN SOLUTION
    loss = weight_decay / 2 * np.sum(w**2)
    # MISTAKE half-forgotten: loss = weight_decay * np.sum(w**2)
    # MISTAKE decay-not-used: loss = np.sum(w**2) / 2
    # MISTAKE mean: loss = weight_decay / 2 * np.mean(w**2)
    # MISTAKE mean-forward: loss = weight_decay / 2 * np.mean(w**2)
    # MISTAKE absolute: loss = weight_decay / 2 * np.sum(np.abs(w))
    # MISTAKE root-taken: loss = weight_decay / 2 * np.sqrt(np.sum(w**2))
    # MISTAKE square-of-sum: loss = weight_decay / 2 * np.sum(w) ** 2
    # MISTAKE first-axis-only: loss = weight_decay / 2 * np.sum(w**2, axis=0)
    # MISTAKE negative: loss = -weight_decay / 2 * np.sum(w**2)
    cache = (w, weight_decay)
    ### END SOLUTION
    return loss, cache


def l2_penalty_backward(dloss, cache):
    """dloss a number -> dw, of the shape of w"""
    ### BEGIN SOLUTION
    w, weight_decay = cache
    dw = dloss * weight_decay * w
    # MISTAKE dloss-ignored: dw = weight_decay * w
    # MISTAKE decay-not-used-backward: dw = dloss * w
    # MISTAKE factor-two: dw = 2 * dloss * weight_decay * w
    # MISTAKE half-left-over: dw = dloss * weight_decay / 2 * w
    # MISTAKE decay-not-used: dw = dloss * w
    # MISTAKE weights-squared: dw = dloss * weight_decay * w**2
    # MISTAKE weights-missing: dw = dloss * weight_decay * np.ones_like(w)
    # MISTAKE mean: dw = dloss * weight_decay * w / w.size
    # MISTAKE absolute: dw = dloss * weight_decay / 2 * np.sign(w)
    # MISTAKE summed: dw = dloss * weight_decay * np.sum(w)
    # MISTAKE negative: dw = -dloss * weight_decay * w
    ### END SOLUTION
    return dw
