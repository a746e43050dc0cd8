"""The losses of a GAN: one network makes, the other one judges

In a generative adversarial network the generator makes images out of noise, and the discriminator is shown real
images and made ones. For each it puts out a logit s, and sigmoid(s) is how likely it takes the image to be real. The
discriminator is trained to tell them apart, the generator to be taken for real.

With softplus(z) = log(1 + exp(z)), the negative log of sigmoid(-z):

    discriminator_loss   the mean of softplus(-real_logits), plus the mean of softplus(fake_logits)
    generator_loss       the mean of softplus(-fake_logits)

    real_logits  (N,)     the discriminator's logits for N real images
    fake_logits  (M,)     its logits for M made ones; M need not be N
    loss         a number

Each mean is over its own images, so that the two halves of the discriminator's loss weigh the same whatever N
and M are. The generator's loss is not the discriminator's with a minus sign: this form, called non-saturating, has a
steep slope just where the generator is still bad.

Logits of 1000 and of -1000 occur, and losses and gradients have to be right for them, and finite.

The backwards get dloss, a number and not always 1, and return the gradients with respect to the logits.
"""

import numpy as np


def discriminator_loss_forward(real_logits, fake_logits):
    """real_logits (N,), fake_logits (M,) -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def discriminator_loss_backward(dloss, cache):
    """dloss a number -> dreal (N,), dfake (M,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dreal, dfake


def generator_loss_forward(fake_logits):
    """fake_logits (M,) -> loss (a number), cache"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return loss, cache


def generator_loss_backward(dloss, cache):
    """dloss a number -> dfake (M,)"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return dfake
