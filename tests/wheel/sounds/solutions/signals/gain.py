"""Gain: y = x * gain, for each channel

A mixing desk in one line: every channel has a knob of its own.

    x     (T, C)  T samples of C channels
    gain  (C,)    how loud each channel is
    y     (T, C)  what comes out
"""

import numpy as np


def gain_forward(x, gain):
    """x (T, C), gain (C,) -> y (T, C), cache"""
    ### BEGIN SOLUTION
    y = x * gain
    cache = (x, gain)
    ### END SOLUTION
    return y, cache


def gain_backward(dy, cache):
    """dy (T, C) -> dx (T, C), dgain (C,)"""
    ### BEGIN SOLUTION
    x, gain = cache
    dx = dy * gain
    # MISTAKE gain-forgotten: dx = dy.copy()
    dgain = np.sum(dy * x, axis=0)
    # MISTAKE gain-averaged: dgain = np.mean(dy * x, axis=0)
    ### END SOLUTION
    return dx, dgain
