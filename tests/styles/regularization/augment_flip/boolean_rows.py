import numpy as np


def augment_flip(images, p, rng):
    flipped = images.copy()
    heads = rng.random(len(images)) < p
    flipped[heads] = images[heads][..., ::-1]
    return flipped
