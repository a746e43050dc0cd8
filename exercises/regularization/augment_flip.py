"""Augmentation by flips: some images of a batch are turned left for right

A cat that looks to the left is as much a cat as one that looks to the right. Showing a network either, at random,
gives it more to learn from without one new photograph, and it can no longer rely on what is left or right by
accident.

    images  (N, ..., W)  a batch of N images; the last axis goes from left to right. (N, W), (N, H, W), (N, C, H, W)
                         are all possible
    p       a number     0 <= p <= 1: the probability of an image to be flipped
    rng     a numpy.random.Generator, whose rng.random(shape), for example, draws numbers from [0, 1); all randomness
            comes from it and nothing else

Return a new array of the shape of images, also where no image is flipped. Each image is flipped with probability
p, by itself, whatever becomes of the others; it is flipped as a whole, all rows and channels alike, or not at all. A
flipped image has its last axis in reverse order. The order of the images stays, and the array that came in is not
changed: the next epoch wants it again.
"""

import numpy as np


def augment_flip(images, p, rng):
    """images (N, ..., W), p a number, rng a Generator -> images of the same shape"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return flipped
