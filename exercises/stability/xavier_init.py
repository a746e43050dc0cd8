"""Xavier initialisation: weights that keep signals and gradients at their size, for tanh and the like

On the way forward a neuron adds up fan_in products; on the way back an input adds up fan_out of them. If the
weights are too large, both grow from layer to layer, and if they are too small, both fade. Xavier Glorot and
Yoshua Bengio chose a variance between what the two ways ask for:

    variance of a weight = 2 / (fan_in + fan_out)

    fan_in   how many inputs the layer has, from 1
    fan_out  how many outputs, from 1
    rng      a numpy.random.Generator, whose rng.random(shape), for example, draws numbers from [0, 1); all
             randomness comes from it and nothing else

Return W, a new array (float64) of shape (fan_in, fan_out). Every weight is drawn by itself, evenly from an interval
from -a to a, with the a that gives this variance. The variance of a number that is drawn evenly from -a to a is
a**2 / 3.
"""

import numpy as np


def xavier_init(fan_in, fan_out, rng):
    """fan_in, fan_out whole numbers from 1, rng a Generator -> W (fan_in, fan_out)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return W
