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
    ### BEGIN SOLUTION
    place = step % (2 * half_cycle)
    # MISTAKE sawtooth: place = step % half_cycle
    # MISTAKE never-turns: place = min(step, half_cycle)
    # MISTAKE one-cycle-only: place = min(step, 2 * half_cycle)
    # MISTAKE counted-from-one: place = (step + 1) % (2 * half_cycle)
    # MISTAKE one-step-late: place = (step - 1) % (2 * half_cycle)
    # MISTAKE cycle-too-long: place = step % (2 * half_cycle + 1)
    # MISTAKE top-twice: place = step % (2 * half_cycle + 1)
    # MISTAKE starts-at-the-top: place = (step + half_cycle) % (2 * half_cycle)
    # MISTAKE half-as-long: place = 2 * step % (2 * half_cycle)
    # MISTAKE twice-as-long: place = step / 2 % (2 * half_cycle)
    height = 1 - abs(place / half_cycle - 1)
    # MISTAKE top-twice: height = place / half_cycle if place <= half_cycle else 2 - (place - 1) / half_cycle
    # MISTAKE whole-numbers-up: height = place // half_cycle if place <= half_cycle else 2 - place / half_cycle
    # MISTAKE jumps-down: height = place / (2 * half_cycle)
    # MISTAKE not-turned: height = place / half_cycle
    # MISTAKE cosine-wave: height = (1 - np.cos(np.pi * place / half_cycle)) / 2
    # MISTAKE sine-wave: height = np.sin(np.pi * place / half_cycle / 2)
    # MISTAKE square-wave: height = 0.0 if place < half_cycle else 1.0
    # MISTAKE squared: height = (1 - abs(place / half_cycle - 1)) ** 2
    rate = lr_min + (lr_max - lr_min) * height
    # MISTAKE added-to-minimum: rate = lr_min + lr_max * height
    # MISTAKE minimum-ignored: rate = lr_max * height
    # MISTAKE minimum-not-added: rate = (lr_max - lr_min) * height
    # MISTAKE minimum-as-floor: rate = max(lr_min, lr_max * height)
    # MISTAKE peaks-halve: rate = lr_min + (lr_max - lr_min) * height / 2 ** (step // (2 * half_cycle))
    ### END SOLUTION
    return rate
