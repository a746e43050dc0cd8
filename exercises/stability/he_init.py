"""He initialisation: weights that keep signals at their size from one relu to the next

relu sets about half of its inputs to 0, and with them goes half of the mean square. In a deep network that is
a factor of a half for each layer, and after thirty layers nothing is left. Kaiming He and his colleagues make
up for it with larger weights:

    variance of a weight = 2 / fan_in

    fan_in   how many inputs the layer has, from 1
    fan_out  how many outputs, from 1; it has no part in the variance
    rng      a numpy.random.Generator, whose rng.standard_normal(shape), for example, draws normal numbers with mean
             0 and variance 1; all randomness comes from it and nothing else

Return W, a new array (float64) of shape (fan_in, fan_out). Every weight is drawn by itself, from the normal
distribution with mean 0 and this variance.
"""

import numpy as np


def he_init(fan_in, fan_out, rng):
    """fan_in, fan_out whole numbers from 1, rng a Generator -> W (fan_in, fan_out)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return W
