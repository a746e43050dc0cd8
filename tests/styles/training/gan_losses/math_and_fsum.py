import math
import numpy as np


def softplus(z):
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def sigmoid(z):
    e = math.exp(-abs(z))
    return 1 / (1 + e) if z > 0 else e / (1 + e)


def average(values):
    return math.fsum(values) / len(values)


def discriminator_loss_forward(real_logits, fake_logits):
    real, fake = real_logits.tolist(), fake_logits.tolist()
    loss = average([softplus(-s) for s in real]) + average([softplus(s) for s in fake])
    return loss, (real, fake)


def discriminator_loss_backward(dloss, cache):
    real, fake = cache
    return (np.array([-dloss * sigmoid(-s) / len(real) for s in real]),
            np.array([dloss * sigmoid(s) / len(fake) for s in fake]))


def generator_loss_forward(fake_logits):
    return average([softplus(-float(s)) for s in fake_logits]), fake_logits.copy()


def generator_loss_backward(dloss, cache):
    return np.array([-dloss * sigmoid(-float(s)) / len(cache) for s in cache])
