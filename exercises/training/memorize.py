"""Learning by heart: a network that fits what has no sense

A network with enough weights can learn anything by heart. To see it, take images and give them labels at random: there
is nothing to understand, and yet it gets every one of them right. On other images it then guesses. Whoever judges a
network by the data that it was trained on cannot tell this one from one that has learned something.

    x       (N, 64)   images, each as a row of 64 numbers from 0 to 1; N is 127
    labels  (N,)      a whole number from 0 to 9 for each, drawn by lot
    rng     a numpy.random.Generator; all randomness comes from it
    params  all that predict_memorized wants to know; any object

    predict_memorized gets images like those of x, in any number, and returns one label for each: an array of whole
    numbers of the shape (N,). What it says of one image does not depend on the others that come with it,
    nor on when it is asked.

99 of 100 have to be right: of 127, one may be wrong. The labels are known, so your function can look whether it has
them all, and stop then or go on. A hidden layer of 64 units or more has room enough; what else holds a network back
from learning by heart would be in the way here. Training may take 30 seconds; one is plenty.

The check tells what share it gets right of what it has learned, and of fresh images.
"""

import numpy as np


def memorize(x, labels, rng):
    """x (N, 64), labels (N,), rng a Generator -> params"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return params


def predict_memorized(x, params):
    """x (N, 64), params from memorize -> class ids (N,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return ids
