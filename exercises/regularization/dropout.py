"""Dropout: y = x / (1 - p) where an element is kept, 0 where it is dropped

In training, each element is dropped with probability p, by itself, whatever becomes of its neighbours: no
neuron can rely on another one. The kept elements grow by 1 / (1 - p), so that y is x on average and nothing
needs to change when the training is over. This is called inverted dropout.

    x         an array of any shape
    p         the probability to drop an element, 0 <= p <= 1; with p = 1 everything becomes 0
    rng       a numpy.random.Generator, whose rng.random(shape), for example, draws numbers from [0, 1); all
              randomness comes from it and nothing else
    training  True: drop; False: y is x, and rng is not needed: it may be None
    y         an array of the shape of x

The backward gets dy, of the shape of y, and returns dx for the very elements that its forward dropped and
kept. It must not draw again: put into the cache what it needs to know.
"""

import numpy as np


def dropout_forward(x, p, rng, training=True):
    """x of any shape, p a number, rng a Generator -> y of the shape of x, cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return y, cache


def dropout_backward(dy, cache):
    """dy of the shape of y -> dx of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dx
