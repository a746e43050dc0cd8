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
    ### BEGIN SOLUTION
    a = np.sqrt(6 / (fan_in + fan_out))
    # MISTAKE variance-for-limit: a = 2 / (fan_in + fan_out)
    # MISTAKE std-for-limit: a = np.sqrt(2 / (fan_in + fan_out))
    # MISTAKE root-forgotten: a = 6 / (fan_in + fan_out)
    # MISTAKE fan-in-only: a = np.sqrt(3 / fan_in)
    # MISTAKE fan-out-only: a = np.sqrt(3 / fan_out)
    # MISTAKE for-relu: a = np.sqrt(6 / fan_in)
    # MISTAKE for-relu-backward: a = np.sqrt(6 / fan_out)
    # MISTAKE three-for-six: a = np.sqrt(3 / (fan_in + fan_out))
    # MISTAKE one-over-root: a = 1 / np.sqrt(fan_in)
    # MISTAKE product-for-sum: a = np.sqrt(6 / (fan_in * fan_out))
    # MISTAKE not-scaled: a = 1.0
    W = rng.uniform(-a, a, (fan_in, fan_out))
    # MISTAKE normal-numbers: W = rng.normal(0, a / np.sqrt(3), (fan_in, fan_out))
    # MISTAKE normal-with-limit: W = rng.normal(0, a, (fan_in, fan_out))
    # MISTAKE positive-only: W = rng.uniform(0, a, (fan_in, fan_out))
    # MISTAKE half-the-width: W = a * (rng.random((fan_in, fan_out)) - 0.5)
    # MISTAKE twice-the-width: W = 4 * a * (rng.random((fan_in, fan_out)) - 0.5)
    # MISTAKE transposed: W = rng.uniform(-a, a, (fan_out, fan_in))
    # MISTAKE one-row-for-all: W = np.tile(rng.uniform(-a, a, fan_out), (fan_in, 1))
    # MISTAKE one-column-for-all: W = np.tile(rng.uniform(-a, a, (fan_in, 1)), fan_out)
    # MISTAKE one-number-for-all: W = np.full((fan_in, fan_out), rng.uniform(-a, a))
    # MISTAKE all-zero: W = np.zeros((fan_in, fan_out))
    # MISTAKE own-generator: W = np.random.uniform(-a, a, (fan_in, fan_out))
    # MISTAKE fixed-seed: W = np.random.default_rng(0).uniform(-a, a, (fan_in, fan_out))
    # MISTAKE rng-copied: rng = __import__("copy").deepcopy(rng); W = rng.uniform(-a, a, (fan_in, fan_out))
    ### END SOLUTION
    return W
