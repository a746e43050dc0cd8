"""Binary cross entropy with logits: the loss of p = sigmoid(logits), computed without p

A network's last layer gives logits, any numbers. The sigmoid p = 1 / (1 + exp(-logits)) makes probabilities
of them, and -(target * log(p) + (1 - target) * log(1 - p)) is the loss. In one function the two are better
than one after the other: in exact arithmetic the result is the same, but a computer loses it on the way.

    logits  any shape   any numbers; above 0 means "rather yes"
    target  that shape  0, 1, or a number in between
    loss    a number    the mean over every element

The result must be right for logits of -1000 and 1000, too. There exp(1000) overflows, p is rounded to 0 or 1,
and its logarithm is lost, although the loss itself is a plain number: 1000 for a logit of 1000 with target 0.
So put the sigmoid into the formula, simplify, and write the loss such that no exponent is ever positive.

The backward gets dloss, a number and not always 1. Derive the gradient with respect to the logits on paper:
it becomes far simpler than its parts. The target gets no gradient.
"""

import numpy as np


def bce_with_logits_forward(logits, target):
    """logits, target of one shape -> loss (a number), cache"""
    ### BEGIN SOLUTION
    softplus = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))
    # MISTAKE overflow: softplus = np.log(1 + np.exp(logits))
    # MISTAKE absolute-forgotten: softplus = np.maximum(logits, 0) + np.log1p(np.exp(-logits))
    # MISTAKE linear-part-forgotten: softplus = np.log1p(np.exp(-np.abs(logits)))
    # MISTAKE through-the-sigmoid: p = 1 / (1 + np.exp(-logits))
    # MISTAKE clipped-at-1e-7: p = np.clip(1 / (1 + np.exp(-logits)), 1e-7, 1 - 1e-7)
    # MISTAKE clipped-at-1e-12: p = np.clip(1 / (1 + np.exp(-logits)), 1e-12, 1 - 1e-12)
    # MISTAKE clipped-at-1e-15: p = np.clip(1 / (1 + np.exp(-logits)), 1e-15, 1 - 1e-15)
    # MISTAKE logits-held-at-30: inner = np.clip(logits, -30, 30)
    # MISTAKE logs-held: p = 1 / (1 + np.exp(-logits))
    losses = softplus - target * logits
    # MISTAKE through-the-sigmoid: losses = -(target * np.log(p) + (1 - target) * np.log(1 - p))
    # MISTAKE clipped-at-1e-7: losses = -(target * np.log(p) + (1 - target) * np.log(1 - p))
    # MISTAKE clipped-at-1e-12: losses = -(target * np.log(p) + (1 - target) * np.log(1 - p))
    # MISTAKE clipped-at-1e-15: losses = -(target * np.log(p) + (1 - target) * np.log(1 - p))
    # MISTAKE logits-held-at-30: losses = np.log1p(np.exp(inner)) - target * inner
    # MISTAKE soft-targets-as-zero: losses = np.where(target == 1, softplus - logits, softplus)
    # MISTAKE logs-held: losses = -target * np.maximum(np.log(p), -100)
    # MISTAKE overflow-on-the-left: losses = (1 - target) * logits + np.log(1 + np.exp(-logits))
    # MISTAKE target-term-added: losses = softplus + target * logits
    # MISTAKE target-ignored: losses = softplus
    # MISTAKE targets-swapped: losses = softplus - (1 - target) * logits
    loss = losses.mean()
    # MISTAKE logs-held: loss = np.mean(losses - (1 - target) * np.maximum(np.log(1 - p), -100))
    # MISTAKE loss-summed: loss = losses.sum()
    # MISTAKE loss-per-row: loss = losses.sum() / len(losses)
    # MISTAKE loss-not-averaged: loss = losses
    cache = (logits, target)
    ### END SOLUTION
    return loss, cache


def bce_with_logits_backward(dloss, cache):
    """dloss (a number) -> dlogits, of the shape of logits"""
    ### BEGIN SOLUTION
    logits, target = cache
    e = np.exp(-np.abs(logits))
    p = np.where(logits >= 0, 1, e) / (1 + e)
    # MISTAKE sigmoid-overflow: p = np.exp(logits) / (1 + np.exp(logits))
    # MISTAKE sigmoid-forgotten: p = logits
    # MISTAKE sigmoid-mirrored: p = np.where(logits >= 0, e, 1) / (1 + e)
    dlogits = dloss * (p - target) / logits.size
    # MISTAKE gradient-sign: dlogits = dloss * (target - p) / logits.size
    # MISTAKE stops-at-the-probability: dlogits = dloss * (p - target) / (p * (1 - p)) / logits.size
    # MISTAKE stops-at-the-probability-held: dlogits = dloss * (p - target) / np.maximum(p * (1 - p), 1e-12) / logits.size
    # MISTAKE sigmoid-derivative-twice: dlogits = dloss * (p - target) * p * (1 - p) / logits.size
    # MISTAKE target-ignored-backward: dlogits = dloss * p / logits.size
    # MISTAKE gradient-not-averaged: dlogits = dloss * (p - target)
    # MISTAKE gradient-per-row: dlogits = dloss * (p - target) / len(logits)
    # MISTAKE dloss-ignored: dlogits = (p - target) / logits.size
    ### END SOLUTION
    return dlogits
