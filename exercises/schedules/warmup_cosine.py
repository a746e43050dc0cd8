"""Warmup and cosine: up along a straight line, then down along half a wave of the cosine

Before the first steps the weights are random and the optimizer's averages know nothing, so that a full step
may do more harm than good. A warmup starts from a learning rate of 0 and raises it step by step.

    while step < warmup_steps    lr * step / warmup_steps
    at step = warmup_steps       lr
    from there to total_steps    from lr to 0, like cos from its peak, at angle 0, to its trough, at angle pi
    past total_steps             0

    step          the number of the step, counted from 0
    lr            the highest learning rate, a number
    warmup_steps  a whole number from 0; with 0 there is no warmup, and step 0 has lr
    total_steps   a whole number above warmup_steps: where the fall ends, counted from step 0 like all others

Return the learning rate of this step, a number.
"""

import numpy as np


def warmup_cosine(step, lr, warmup_steps, total_steps):
    """step = 0, 1, 2, ... -> the learning rate of this step (a number)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return rate
