"""Cyclical learning rate: up and down between two values along straight lines

A high learning rate carries the parameters over saddle points and out of narrow hollows; a low one lets them
settle. This schedule gives both their turn, again and again.

    step        the number of the step, counted from 0
    lr_min      a number: the learning rate at step 0
    lr_max      a number from lr_min: the learning rate at step half_cycle
    half_cycle  a whole number from 1: the steps that it takes from lr_min up to lr_max, and as many to get down
                again

At step 2 * half_cycle it is back at lr_min, and the next cycle begins, which looks like the first. All lines are
straight: the learning rate changes by the same amount at every step. Return the learning rate of this step, a
number.
"""

import numpy as np


def cyclical(step, lr_min, lr_max, half_cycle):
    """step = 0, 1, 2, ... -> the learning rate of this step (a number)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return rate
