"""Cosine decay: the learning rate falls from lr to lr_min along half a wave of the cosine

Slowly at first, fastest in the middle, slowly again towards the end:

    step = 0                lr
    step = total_steps / 2  half way between lr and lr_min
    step >= total_steps     lr_min

and in between like cos from its peak, at angle 0, to its trough, at angle pi.

    step         the number of the step, counted from 0
    lr           the learning rate at step 0, a number
    total_steps  a whole number from 1: where the fall ends
    lr_min       a number from 0 to lr: where it ends up; 0 unless told

Past total_steps the learning rate stays at lr_min, and does not rise again. Return the learning rate of this
step, a number.
"""

import numpy as np


def cosine_decay(step, lr, total_steps, lr_min=0.0):
    """step = 0, 1, 2, ... -> the learning rate of this step (a number)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return rate
