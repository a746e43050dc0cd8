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
    ### BEGIN SOLUTION
    flip = rng.random(len(images)) < p
    # MISTAKE never-flips: flip = np.zeros(len(images), dtype=bool)
    # MISTAKE flips-all: flip = np.ones(len(images), dtype=bool)
    # MISTAKE p-keeps: flip = rng.random(len(images)) >= p
    # MISTAKE coin-flip: flip = rng.random(len(images)) < 0.5
    # MISTAKE normal-numbers: flip = rng.standard_normal(len(images)) < p
    # MISTAKE one-draw: flip = np.full(len(images), rng.random() < p)
    # MISTAKE exact-count: flip = rng.permutation(len(images)) < round(p * len(images))
    # MISTAKE first-ones: flip = np.arange(len(images)) < round(p * len(images))
    # MISTAKE own-generator: flip = np.random.random(len(images)) < p
    # MISTAKE fixed-seed: flip = np.random.default_rng(0).random(len(images)) < p
    # MISTAKE rng-copied: flip = __import__("copy").deepcopy(rng).random(len(images)) < p
    flipped = images.copy()
    # MISTAKE memory-shared: flipped = images.copy() if flip.any() else images
    flipped[flip] = images[flip][..., ::-1]
    # MISTAKE upside-down: flipped[flip] = images[flip][..., ::-1, :] if images.ndim > 2 else images[flip]
    # MISTAKE turned-by-half: flipped[flip] = np.flip(images[flip], axis=tuple(range(1, images.ndim)))
    # MISTAKE batch-reversed: flipped[flip] = images[flip][::-1]
    # MISTAKE batch-reversed-too: flipped[flip] = images[flip][::-1, ..., ::-1]
    # MISTAKE shifted: flipped[flip] = np.roll(images[flip], 1, axis=-1)
    # MISTAKE minus-zero: flipped[flip] = np.roll(images[flip][..., ::-1], 1, axis=-1)
    # MISTAKE batch-and-image-reversed: flipped[flip] = np.flip(images[flip])
    # MISTAKE pixels-by-themselves: flipped = np.where(rng.random(images.shape) < p, images[..., ::-1], images)
    # MISTAKE flipped-ones-together: flipped = np.concatenate([images[flip][..., ::-1], images[~flip]])
    # MISTAKE negated: flipped[flip] = -images[flip]
    # MISTAKE first-axis-after-batch: flipped[flip] = images[flip][:, ::-1]
    # MISTAKE set-to-zero: flipped[flip] = 0
    # MISTAKE rows-by-themselves: rows = rng.random(images.shape[:-1]) < p; flipped[rows] = images[rows][:, ::-1]
    # MISTAKE half-overwritten: half = images.shape[-1] // 2; flipped[flip, ..., :half] = images[flip][..., : -half - 1 : -1]
    ### END SOLUTION
    return flipped
