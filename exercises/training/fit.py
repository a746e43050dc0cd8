"""A training run: forward, loss, backward, update, two hundred times

Everything so far in one loop: a multilayer perceptron, softmax cross entropy, backpropagation, and SGD with momentum
and weight decay. The run follows PyTorch's step for step: the same losses and the same parameters, to the last
digits.

    x             (N, D)   the training examples
    target        (N,)     the right class of each, a whole number from 0 to C - 1
    params        a list with one pair (W, b) for each layer, first layer first; relu between the layers, none after
                  the last, as in backprop/mlp. One layer or more.
    batches       a list of index arrays, one for each step: step i uses the examples x[batches[i]]. Their lengths may
                  differ.
    lr, momentum, weight_decay   numbers

One step: the forward on this batch; the loss, the mean over this batch of -log(p[right class]); the gradient g of
every W and b; and then, for every W and for every b alike,

    g        <- g + weight_decay * w
    velocity <- momentum * velocity + g        (each parameter has a velocity of its own, 0 before the first step)
    w        <- w - lr * velocity

Return the new params, as a list of pairs like the old ones, and losses: a list or an array with one number for each
step, the loss of that step's batch *before* its update. The params that were passed in stay as they are.
"""

import numpy as np


def fit(x, target, params, batches, lr, momentum, weight_decay):
    """x (N, D), target (N,), params [(W, b), ...], batches [indices, ...] -> params, losses"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return params, losses
