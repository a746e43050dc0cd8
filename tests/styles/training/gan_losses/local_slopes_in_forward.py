import numpy as np


def _mean_softplus(z):
    """-> the mean, and its slope in every entry of z"""
    return np.mean(np.logaddexp(0, z)), np.exp(-np.logaddexp(0, -z)) / z.size


def discriminator_loss_forward(real_logits, fake_logits):
    a, da = _mean_softplus(-real_logits)
    b, db = _mean_softplus(fake_logits)
    return a + b, np.concatenate([-da, db, [real_logits.size]])


def discriminator_loss_backward(dloss, cache):
    dreal, dfake = np.split(dloss * cache[:-1], [int(cache[-1])])
    return dreal, dfake


def generator_loss_forward(fake_logits):
    loss, slope = _mean_softplus(-fake_logits)
    return loss, -slope


def generator_loss_backward(dloss, cache):
    return dloss * cache
