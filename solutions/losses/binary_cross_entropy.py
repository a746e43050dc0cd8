"""Binary cross entropy: loss = mean of -(target * log(p) + (1 - target) * log(1 - p))

The loss of a yes-or-no answer. With target 1 only log(p) counts, with target 0 only log(1 - p), with a target
in between (a soft label) each counts in part. Being sure and wrong costs most.

    prediction  any shape   p, probabilities from 0 to 1
    target      that shape  0, 1, or a number in between
    loss        a number    the mean over every element

At p = 0 and p = 1 one of the logarithms is minus infinity. PyTorch has two conventions for that, and they
are ours:

    forward    each logarithm is held at -100: where it would be less, it is -100
    backward   bring the derivative's two fractions over the one denominator p * (1 - p), and hold that at
               1e-12: where it would be less, it is 1e-12. What stands above the line stays as it is

p itself is not changed. The backward gets dloss, a number and not always 1. The target gets no gradient.
"""

import numpy as np


def binary_cross_entropy_forward(prediction, target):
    """prediction (in [0, 1]), target of one shape -> loss (a number), cache"""
    ### BEGIN SOLUTION
    p = prediction
    # MISTAKE clipped-at-1e-7: p = np.clip(prediction, 1e-7, 1 - 1e-7)
    # MISTAKE clipped-at-1e-8: p = np.clip(prediction, 1e-8, 1 - 1e-8)
    # MISTAKE clipped-at-1e-10: p = np.clip(prediction, 1e-10, 1 - 1e-10)
    # MISTAKE clipped-at-1e-12: p = np.clip(prediction, 1e-12, 1 - 1e-12)
    # MISTAKE clipped-at-1e-15: p = np.clip(prediction, 1e-15, 1 - 1e-15)
    with np.errstate(divide="ignore"):
        log_p = np.maximum(np.log(p), -100)
        # MISTAKE logs-not-held: log_p = np.log(p)
        # MISTAKE logs-held-only-at-0: log_p = np.where(p == 0, -100, np.log(p))
        log_not_p = np.maximum(np.log1p(-p), -100)
        # MISTAKE logs-not-held: log_not_p = np.log1p(-p)
        # MISTAKE logs-held-only-at-0: log_not_p = np.where(p == 1, -100, np.log1p(-p))
    losses = -(target * log_p + (1 - target) * log_not_p)
    # MISTAKE loss-sign: losses = target * log_p + (1 - target) * log_not_p
    # MISTAKE zeros-forgotten: losses = -target * log_p
    # MISTAKE targets-swapped: losses = -((1 - target) * log_p + target * log_not_p)
    # MISTAKE infinite-losses-replaced: losses = -np.nan_to_num(np.nan_to_num(target * np.log(p), nan=0.0, neginf=-np.inf) + np.nan_to_num((1 - target) * np.log1p(-p), nan=0.0, neginf=-np.inf), neginf=-100.0)
    # MISTAKE soft-targets-rounded: losses = -np.where(target > 0.5, log_p, log_not_p)
    # MISTAKE base-two: losses = -(target * log_p + (1 - target) * log_not_p) / np.log(2)
    loss = losses.mean()
    # MISTAKE loss-summed: loss = losses.sum()
    # MISTAKE loss-per-row: loss = losses.sum() / len(losses)
    # MISTAKE loss-not-averaged: loss = losses
    cache = (prediction, target)
    ### END SOLUTION
    return loss, cache


def binary_cross_entropy_backward(dloss, cache):
    """dloss (a number) -> dprediction, of the shape of prediction"""
    ### BEGIN SOLUTION
    p, target = cache
    denominator = np.maximum(p * (1 - p), 1e-12)
    # MISTAKE denominator-not-held: denominator = p * (1 - p)
    # MISTAKE denominator-held-at-1e-10: denominator = np.maximum(p * (1 - p), 1e-10)
    # MISTAKE denominator-held-only-at-0: denominator = np.where(p * (1 - p) == 0, 1e-12, p * (1 - p))
    # MISTAKE denominator-shifted: denominator = p * (1 - p) + 1e-12
    # MISTAKE denominator-forgotten: denominator = 1
    # MISTAKE denominator-multiplied: denominator = 1 / (p * (1 - p))
    # MISTAKE fractions-held-apart: p = np.clip(p, 1e-12, 1 - 1e-12); denominator = p * (1 - p)
    difference = p - target
    # MISTAKE gradient-sign: difference = target - p
    # MISTAKE zeros-forgotten-backward: difference = -target * (1 - p)
    # MISTAKE inner-derivative-forgotten: difference = 2 * p * target - p - target
    dprediction = dloss * difference / denominator / difference.size
    # MISTAKE denominators-held-apart: dprediction = dloss * ((1 - target) / np.maximum(1 - p, 1e-12) - target / np.maximum(p, 1e-12)) / p.size
    # MISTAKE gradient-not-averaged: dprediction = dloss * difference / denominator
    # MISTAKE gradient-per-row: dprediction = dloss * difference / denominator / len(difference)
    # MISTAKE dloss-ignored: dprediction = difference / denominator / difference.size
    ### END SOLUTION
    return dprediction
