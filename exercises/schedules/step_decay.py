"""Step decay: the learning rate is multiplied by gamma every step_size steps

    step       the number of the step, counted from 0
    lr         the learning rate at step 0, a number
    step_size  a whole number from 1: for so many steps the learning rate stays as it is
    gamma      a number above 0, mostly below 1: what it is multiplied by then; 0.1 unless told

Steps 0 to step_size - 1 have the learning rate lr, the next step_size steps lr * gamma, and so on. Between two
drops nothing changes. Return the learning rate of this step, a number.
"""

import numpy as np


def step_decay(step, lr, step_size, gamma=0.1):
    """step = 0, 1, 2, ... -> the learning rate of this step (a number)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return rate
