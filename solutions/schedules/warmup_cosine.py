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
    ### BEGIN SOLUTION
    progress = min((step - warmup_steps) / (total_steps - warmup_steps), 1.0)
    # MISTAKE rises-again: progress = (step - warmup_steps) / (total_steps - warmup_steps)
    # MISTAKE starts-below: progress = min(step / total_steps, 1.0)
    # MISTAKE warmup-not-counted: progress = min((step - warmup_steps) / total_steps, 1.0)
    # MISTAKE divided-by-total: progress = (step - warmup_steps) / total_steps if step < total_steps else 1.0
    # MISTAKE starts-late: progress = min(step / (total_steps - warmup_steps), 1.0)
    # MISTAKE warmup-in-the-angle: progress = step / (total_steps - warmup_steps) if step < total_steps else 1.0
    # MISTAKE one-step-early: progress = min((step - warmup_steps + 1) / (total_steps - warmup_steps), 1.0)
    # MISTAKE counted-from-one: step = step + 1; progress = min((step - warmup_steps) / (total_steps - warmup_steps), 1.0)
    # MISTAKE one-step-late: step = step - 1; progress = min((step - warmup_steps) / (total_steps - warmup_steps), 1.0)
    # MISTAKE one-step-short: progress = min((step - warmup_steps) / max(total_steps - warmup_steps - 1, 1), 1.0)
    # MISTAKE one-step-short-and-up: progress = (step - warmup_steps) / max(total_steps - 1 - warmup_steps, 1) if step <= total_steps else 1.0
    rate = lr * (1 + np.cos(np.pi * progress)) / 2
    # MISTAKE half-forgotten: rate = lr * (1 + np.cos(np.pi * progress))
    # MISTAKE one-forgotten: rate = lr * np.cos(np.pi * progress)
    # MISTAKE quarter-wave: rate = lr * np.cos(np.pi / 2 * progress)
    # MISTAKE whole-wave: rate = lr * (1 + np.cos(2 * np.pi * progress)) / 2
    # MISTAKE whole-wave-then-zero: rate = lr * (1 + np.cos(2 * np.pi * progress)) / 2 if step < total_steps else 0.0
    # MISTAKE pi-forgotten: rate = lr * (1 + np.cos(progress)) / 2
    # MISTAKE straight-line: rate = lr * (1 - progress)
    # MISTAKE constant: rate = lr
    # MISTAKE warmup-multiplies: rate = lr * (1 + np.cos(np.pi * min(step / total_steps, 1.0))) / 2
    if step < warmup_steps:
        # MISTAKE no-warmup: if False:
        # MISTAKE nothing-in-warmup: if step < warmup_steps and (rate := 0.0):
        # MISTAKE zero-without-warmup: if step <= warmup_steps and (rate := lr * step / max(warmup_steps, 1)) is None:
        rate = lr * step / warmup_steps
        # MISTAKE warmup-from-one: rate = lr * (step + 1) / warmup_steps
        # MISTAKE warmup-too-slow: rate = lr * step / (warmup_steps + 1)
        # MISTAKE warmup-over-total: rate = lr * step / total_steps
        # MISTAKE full-in-warmup: rate = lr
        # MISTAKE warmup-curved: rate = lr * (1 - np.cos(np.pi * step / warmup_steps)) / 2
        # MISTAKE warmup-multiplies: rate = rate * step / warmup_steps
        # MISTAKE fall-in-warmup: rate = rate * step / warmup_steps
        # MISTAKE warmup-backwards: rate = lr * (1 - step / warmup_steps)
    ### END SOLUTION
    return rate
