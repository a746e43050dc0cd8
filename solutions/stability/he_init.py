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
    ### BEGIN SOLUTION
    std = np.sqrt(2 / fan_in)
    # MISTAKE variance-for-std: std = 2 / fan_in
    # MISTAKE fan-out: std = np.sqrt(2 / fan_out)
    # MISTAKE both-fans: std = np.sqrt(2 / (fan_in + fan_out))
    # MISTAKE relu-forgotten: std = np.sqrt(1 / fan_in)
    # MISTAKE limit-for-std: std = np.sqrt(6 / fan_in)
    # MISTAKE upside-down: std = np.sqrt(fan_in / 2)
    # MISTAKE half-of-fan: std = np.sqrt(2) / fan_in
    # MISTAKE root-of-two-forgotten: std = 2 / np.sqrt(fan_in)
    # MISTAKE product-of-fans: std = np.sqrt(2 / (fan_in * fan_out))
    # MISTAKE not-scaled: std = 1.0
    # MISTAKE small-constant: std = 0.01
    W = std * rng.standard_normal((fan_in, fan_out))
    # MISTAKE uniform-numbers: W = np.sqrt(3) * std * rng.uniform(-1, 1, (fan_in, fan_out))
    # MISTAKE uniform-with-std: W = std * rng.uniform(-1, 1, (fan_in, fan_out))
    # MISTAKE positive-only: W = np.abs(std * rng.standard_normal((fan_in, fan_out)))
    # MISTAKE mean-not-zero: W = std + std * rng.standard_normal((fan_in, fan_out))
    # MISTAKE cut-off: W = std * rng.standard_normal((fan_in, fan_out)); W = np.where(np.abs(W) > 3 * std, W / 2, W)
    # MISTAKE transposed: W = std * rng.standard_normal((fan_out, fan_in))
    # MISTAKE one-row-for-all: W = np.tile(std * rng.standard_normal(fan_out), (fan_in, 1))
    # MISTAKE one-column-for-all: W = np.tile(std * rng.standard_normal((fan_in, 1)), fan_out)
    # MISTAKE one-number-for-all: W = np.full((fan_in, fan_out), std * rng.standard_normal())
    # MISTAKE all-zero: W = np.zeros((fan_in, fan_out))
    # MISTAKE own-generator: W = std * np.random.standard_normal((fan_in, fan_out))
    # MISTAKE fixed-seed: W = std * np.random.default_rng(0).standard_normal((fan_in, fan_out))
    # MISTAKE rng-copied: rng = __import__("copy").deepcopy(rng); W = std * rng.standard_normal((fan_in, fan_out))
    ### END SOLUTION
    return W
