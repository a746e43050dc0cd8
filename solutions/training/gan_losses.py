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
    ### BEGIN SOLUTION
    real = np.logaddexp(0, -real_logits)
    # MISTAKE real-sign: real = np.logaddexp(0, real_logits)
    # MISTAKE labels-exchanged: real = np.logaddexp(0, real_logits)
    # MISTAKE overflow: real = np.log(1 + np.exp(-real_logits))
    # MISTAKE logits-as-probabilities: real = -np.log(np.clip(real_logits, 1e-12, None))
    # MISTAKE log-of-sigmoid-underflows: real = -np.log(1 / (1 + np.exp(np.minimum(-real_logits, 700))) + 1e-300)
    # MISTAKE saved-by-1e-12: real = -np.log((1 + np.tanh(real_logits / 2)) / 2 + 1e-12)
    # MISTAKE saved-by-1e-8: real = -np.log((1 + np.tanh(real_logits / 2)) / 2 + 1e-8)
    # MISTAKE clipped-at-500: real = np.logaddexp(0, np.clip(-real_logits, -500, 500))
    # MISTAKE clipped-at-50: real = np.logaddexp(0, np.clip(-real_logits, -50, 50))
    fake = np.logaddexp(0, fake_logits)
    # MISTAKE fake-sign: fake = np.logaddexp(0, -fake_logits)
    # MISTAKE labels-exchanged: fake = np.logaddexp(0, -fake_logits)
    # MISTAKE overflow: fake = np.log(1 + np.exp(fake_logits))
    # MISTAKE logits-as-probabilities: fake = -np.log(np.clip(1 - fake_logits, 1e-12, None))
    # MISTAKE log-of-sigmoid-underflows: fake = -np.log(1 - 1 / (1 + np.exp(np.minimum(-fake_logits, 700))) + 1e-300)
    # MISTAKE saved-by-1e-12: fake = -np.log((1 - np.tanh(fake_logits / 2)) / 2 + 1e-12)
    # MISTAKE saved-by-1e-8: fake = -np.log((1 - np.tanh(fake_logits / 2)) / 2 + 1e-8)
    # MISTAKE clipped-at-500: fake = np.logaddexp(0, np.clip(fake_logits, -500, 500))
    # MISTAKE clipped-at-50: fake = np.logaddexp(0, np.clip(fake_logits, -50, 50))
    loss = real.mean() + fake.mean()
    # MISTAKE discriminator-negated: loss = -(real.mean() + fake.mean())
    # MISTAKE halved: loss = (real.mean() + fake.mean()) / 2
    # MISTAKE one-mean-for-all: loss = np.concatenate([real, fake]).mean()
    # MISTAKE discriminator-summed: loss = real.sum() + fake.sum()
    # MISTAKE real-forgotten: loss = fake.mean()
    # MISTAKE fake-forgotten: loss = real.mean()
    # MISTAKE difference-of-means: loss = real.mean() - fake.mean()
    cache = (real_logits, fake_logits)
    ### END SOLUTION
    return loss, cache


def discriminator_loss_backward(dloss, cache):
    """dloss a number -> dreal (N,), dfake (M,)"""
    ### BEGIN SOLUTION
    real_logits, fake_logits = cache
    # tanh goes to 1 and -1 without an overflow: sigmoid(s) = (1 + tanh(s / 2)) / 2.
    dreal = dloss * (np.tanh(real_logits / 2) - 1) / 2 / len(real_logits)
    # MISTAKE dreal-is-probability: dreal = dloss * (np.tanh(real_logits / 2) + 1) / 2 / len(real_logits)
    # MISTAKE dreal-sign: dreal = dloss * (1 - np.tanh(real_logits / 2)) / 2 / len(real_logits)
    # MISTAKE not-averaged: dreal = dloss * (np.tanh(real_logits / 2) - 1) / 2
    # MISTAKE averaged-over-all: dreal = dloss * (np.tanh(real_logits / 2) - 1) / 2 / (len(real_logits) + len(fake_logits))
    # MISTAKE dloss-ignored: dreal = (np.tanh(real_logits / 2) - 1) / 2 / len(real_logits)
    # MISTAKE slope-of-sigmoid: dreal = -dloss / (2 + 2 * np.cosh(np.clip(real_logits, -700, 700))) / len(real_logits)
    # MISTAKE counts-exchanged: dreal = dloss * (np.tanh(real_logits / 2) - 1) / 2 / len(fake_logits)
    dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits)
    # MISTAKE dfake-as-if-real: dfake = dloss * (np.tanh(fake_logits / 2) - 1) / 2 / len(fake_logits)
    # MISTAKE dfake-sign: dfake = -dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits)
    # MISTAKE not-averaged: dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2
    # MISTAKE averaged-over-all: dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / (len(real_logits) + len(fake_logits))
    # MISTAKE dloss-ignored: dfake = (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits)
    # MISTAKE slope-of-sigmoid: dfake = dloss / (2 + 2 * np.cosh(np.clip(fake_logits, -700, 700))) / len(fake_logits)
    # MISTAKE counts-exchanged: dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(real_logits)
    # MISTAKE gradients-exchanged: dreal, dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits), dreal
    # MISTAKE dfake-over-real: dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(real_logits)
    ### END SOLUTION
    return dreal, dfake


def generator_loss_forward(fake_logits):
    """fake_logits (M,) -> loss (a number), cache"""
    ### BEGIN SOLUTION
    loss = np.logaddexp(0, -fake_logits).mean()
    # MISTAKE saturating: loss = -np.logaddexp(0, fake_logits).mean()
    # MISTAKE generator-wants-fake: loss = np.logaddexp(0, fake_logits).mean()
    # MISTAKE generator-negated: loss = -np.logaddexp(0, -fake_logits).mean()
    # MISTAKE generator-summed: loss = np.logaddexp(0, -fake_logits).sum()
    # MISTAKE generator-overflow: loss = np.log(1 + np.exp(-fake_logits)).mean()
    # MISTAKE plain-mean: loss = -fake_logits.mean()
    # MISTAKE saved-by-1e-12: loss = -np.log((1 + np.tanh(fake_logits / 2)) / 2 + 1e-12).mean()
    # MISTAKE saved-by-1e-8: loss = -np.log((1 + np.tanh(fake_logits / 2)) / 2 + 1e-8).mean()
    # MISTAKE clipped-at-500: loss = np.logaddexp(0, np.clip(-fake_logits, -500, 500)).mean()
    # MISTAKE clipped-at-50: loss = np.logaddexp(0, np.clip(-fake_logits, -50, 50)).mean()
    cache = fake_logits
    ### END SOLUTION
    return loss, cache


def generator_loss_backward(dloss, cache):
    """dloss a number -> dfake (M,)"""
    ### BEGIN SOLUTION
    fake_logits = cache
    dfake = dloss * (np.tanh(fake_logits / 2) - 1) / 2 / len(fake_logits)
    # MISTAKE saturating-gradient: dfake = -dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits)
    # MISTAKE generator-uphill: dfake = dloss * (1 - np.tanh(fake_logits / 2)) / 2 / len(fake_logits)
    # MISTAKE discriminators-gradient: dfake = dloss * (np.tanh(fake_logits / 2) + 1) / 2 / len(fake_logits)
    # MISTAKE generator-not-averaged: dfake = dloss * (np.tanh(fake_logits / 2) - 1) / 2
    # MISTAKE generator-dloss-ignored: dfake = (np.tanh(fake_logits / 2) - 1) / 2 / len(fake_logits)
    ### END SOLUTION
    return dfake
