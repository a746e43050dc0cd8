# both are binary cross entropy with logits: real images have the label 1, made ones 0, and the generator says 1
import numpy as np


class BCE:
    def __init__(self, logits, label):
        self.z, self.y = np.asarray(logits, dtype=np.float64), label

    def __call__(self):
        z = self.z
        return (np.maximum(z, 0) - z * self.y + np.log1p(np.exp(-np.abs(z)))).sum() / len(z)

    def back(self, dloss):
        p = 0.5 * (1 + np.tanh(self.z / 2))
        g = (p - self.y) / len(self.z)
        g *= dloss
        return g


def discriminator_loss_forward(real_logits, fake_logits):
    parts = BCE(real_logits, 1.0), BCE(fake_logits, 0.0)
    return sum(p() for p in parts), parts


def discriminator_loss_backward(dloss, cache):
    return [part.back(dloss) for part in cache]


def generator_loss_forward(fake_logits):
    part = BCE(fake_logits, 1.0)
    return np.array(part()), part


def generator_loss_backward(dloss, cache):
    return cache.back(dloss)
