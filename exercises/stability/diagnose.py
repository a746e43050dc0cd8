"""Diagnosis: what the norms of a network's gradients say about its training

    norms  a list of numbers: the norm of each layer's gradient, 0 or more; it may hold infinity and NaN
    low    a number: below it a norm is too small for its layer to learn anything; 1e-6 unless told
    high   a number above low: above it a step would throw the layer's weights away; 1e3 unless told

Return one word, a str. The first of these lines that applies decides:

    "nan"        if any norm is NaN: something has become 0 / 0 or infinity - infinity, and nothing after it counts
    "exploding"  if any norm is above high; infinity is
    "vanishing"  if any norm is below low; 0 may be
    "ok"         otherwise

A norm that is exactly low or exactly high is still all right. One layer is enough, wherever it stands; the list is
never empty. Remember that NaN compares with nothing: NaN > x, NaN < x and NaN == NaN are all False.
"""

import numpy as np


def diagnose(norms, low=1e-6, high=1e3):
    """norms a list of numbers, low and high numbers -> one of the four words (a str)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return word
