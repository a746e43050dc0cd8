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
    ### BEGIN SOLUTION
    if training:
        # MISTAKE dropped-at-evaluation: if True:
        # MISTAKE flag-inverted: if not training:
        # MISTAKE rng-at-evaluation: if rng.random(x.shape).ndim == x.ndim and training:
        keep = rng.random(x.shape) >= p
        # MISTAKE p-keeps: keep = rng.random(x.shape) < p
        # MISTAKE mask-inverted: keep = rng.random(x.shape) < p
        # MISTAKE normal-numbers: keep = rng.standard_normal(x.shape) >= p
        # MISTAKE coin-flip: keep = rng.integers(0, 2, x.shape) == 1
        # MISTAKE exact-count: keep = rng.permutation(x.size).reshape(x.shape) >= round(p * x.size)
        # MISTAKE one-draw: keep = np.full(x.shape, rng.random() >= p)
        # MISTAKE one-mask-for-all-rows: keep = np.broadcast_to(rng.random(x.shape[1:]) >= p, x.shape)
        # MISTAKE one-mask-for-all-columns: keep = np.tile(rng.random((*x.shape[:-1], 1)) >= p, x.shape[-1])
        # MISTAKE own-generator: keep = np.random.random(x.shape) >= p
        # MISTAKE fixed-seed: keep = np.random.default_rng(0).random(x.shape) >= p
        # MISTAKE rng-copied: keep = __import__("copy").deepcopy(rng).random(x.shape) >= p
        scale = 1 / (1 - p) if p < 1 else 0.0
        # MISTAKE not-scaled: scale = 1.0
        # MISTAKE scaled-at-evaluation: scale = 1.0
        # MISTAKE p-keeps: scale = np.divide(1.0, p)
        # MISTAKE scaled-by-p: scale = np.divide(1.0, p)
        # MISTAKE scaled-down: scale = 1 - p
        # MISTAKE scaled-by-share: scale = 1 / np.mean(keep) if keep.any() else 0.0
        # MISTAKE mask-inverted: scale = np.divide(1.0, 1 - p)
        # MISTAKE nan-at-one: scale = np.divide(1.0, 1 - p)
    else:
        keep, scale = np.ones_like(x), 1.0
        # MISTAKE scaled-at-evaluation: keep, scale = np.ones_like(x), 1 - p
        # MISTAKE scaled-up-at-evaluation: keep, scale = np.ones_like(x), 1 / (1 - p)
    y = x * keep * scale
    cache = (keep, scale)
    # MISTAKE new-mask: cache = (rng, p, training)
    # MISTAKE mask-from-output: cache = (y != 0, scale)
    # MISTAKE output-for-mask: cache = (y, 1.0)
    ### END SOLUTION
    return y, cache


def dropout_backward(dy, cache):
    """dy of the shape of y -> dx of the same shape"""
    ### BEGIN SOLUTION
    keep, scale = cache
    # MISTAKE new-mask: rng, p, training = cache
    dx = dy * keep * scale
    # MISTAKE mask-forgotten: dx = dy * scale
    # MISTAKE scale-forgotten: dx = dy * keep
    # MISTAKE dy-passed-on: dx = dy
    # MISTAKE scale-twice: dx = dy * keep * scale**2
    # MISTAKE scale-undone: dx = dy * keep / (scale or 1.0)
    # MISTAKE dropped-gets-gradient: dx = dy * (1 - keep) * (scale or np.inf)
    # MISTAKE dy-ignored: dx = keep * scale
    # MISTAKE new-mask: dx = dy * (rng.random(dy.shape) >= p) / (1 - p if p < 1 else 1.0) if training else dy
    ### END SOLUTION
    return dx
