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
    ### BEGIN SOLUTION
    progress = min(step / total_steps, 1.0)
    # MISTAKE rises-again: progress = step / total_steps
    # MISTAKE one-step-short: progress = min(step / (total_steps - 1 or 1), 1.0)
    # MISTAKE counted-from-one: progress = min((step + 1) / total_steps, 1.0)
    # MISTAKE one-step-late: progress = min((step - 1) / total_steps, 1.0)
    # MISTAKE whole-numbers: progress = min(step // total_steps, 1.0)
    share = (1 + np.cos(np.pi * progress)) / 2
    # MISTAKE starts-over: share = 1.0 if step >= total_steps else (1 + np.cos(np.pi * progress)) / 2
    # MISTAKE half-forgotten: share = 1 + np.cos(np.pi * progress)
    # MISTAKE one-forgotten: share = np.cos(np.pi * progress)
    # MISTAKE whole-wave: share = (1 + np.cos(2 * np.pi * progress)) / 2
    # MISTAKE whole-wave-then-minimum: share = (1 + np.cos(2 * np.pi * progress)) / 2 if step < total_steps else 0.0
    # MISTAKE quarter-wave: share = np.cos(np.pi / 2 * progress)
    # MISTAKE pi-forgotten: share = (1 + np.cos(progress)) / 2
    # MISTAKE degrees: share = (1 + np.cos(180 * progress)) / 2
    # MISTAKE rising: share = (1 - np.cos(np.pi * progress)) / 2
    # MISTAKE rising-then-minimum: share = (1 - np.cos(np.pi * progress)) / 2 if step < total_steps else 0.0
    # MISTAKE straight-line: share = 1 - progress
    # MISTAKE sine: share = (1 + np.sin(np.pi * progress)) / 2
    # MISTAKE sine-then-minimum: share = (1 + np.sin(np.pi * progress)) / 2 if step < total_steps else 0.0
    rate = lr_min + (lr - lr_min) * share
    # MISTAKE minimum-ignored: rate = lr * share
    # MISTAKE minimum-at-end-only: rate = lr * share if step < total_steps else lr_min
    # MISTAKE zero-past-end: rate = lr_min + (lr - lr_min) * share if step <= total_steps else 0.0
    # MISTAKE minimum-added: rate = lr_min + lr * share
    # MISTAKE minimum-as-floor: rate = max(lr * share, lr_min)
    ### END SOLUTION
    return rate
