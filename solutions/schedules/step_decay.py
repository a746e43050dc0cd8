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
    ### BEGIN SOLUTION
    drops = step // step_size
    # MISTAKE no-decay: drops = 0
    # MISTAKE smooth: drops = step / step_size
    # MISTAKE every-step: drops = step
    # MISTAKE rounded: drops = np.floor(step / step_size + 0.5)
    # MISTAKE rounded-up: drops = np.ceil(step / step_size)
    # MISTAKE one-step-early: drops = (step + 1) // step_size
    # MISTAKE one-step-late: drops = max(step - 1, 0) // step_size
    # MISTAKE counted-back: drops = (step - 1) // step_size
    # MISTAKE remainder: drops = step % step_size
    # MISTAKE divided-with-rounding: drops = int(step * (1 / step_size))
    # MISTAKE only-once: drops = min(step // step_size, 1)
    # MISTAKE step-times-size: drops = step * step_size
    # MISTAKE counted-from-one: drops = step // step_size + 1
    rate = lr * gamma**drops
    # MISTAKE gamma-times-drops: rate = lr * gamma * drops
    # MISTAKE gamma-times-drops-later: rate = lr * gamma * drops if drops else lr
    # MISTAKE growing: rate = lr / gamma**drops
    # MISTAKE gamma-ignored: rate = lr * 0.1**drops
    # MISTAKE gamma-subtracted: rate = lr * (1 - gamma) ** drops
    # MISTAKE exponential: rate = lr * np.exp(-gamma * drops)
    # MISTAKE inverse-time: rate = lr / (1 + gamma * drops)
    # MISTAKE factor-only: rate = gamma**drops
    ### END SOLUTION
    return rate
