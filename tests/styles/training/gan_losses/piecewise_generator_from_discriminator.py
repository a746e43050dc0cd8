import numpy as np


def softplus(z):
    z = np.asarray(z, float)
    return np.piecewise(z, [z > 30, z < -30], [lambda a: a + np.exp(-a), np.exp, lambda a: np.log(1 + np.exp(a))])


def sigmoid(z):
    return np.select([z >= 0], [1 / (1 + np.exp(-np.abs(z)))], 1 - 1 / (1 + np.exp(-np.abs(z))))


def discriminator_loss_forward(real_logits, fake_logits):
    f = lambda z: softplus(z).mean() if z.size else 0.0
    loss = f(np.negative(real_logits)) + f(fake_logits)
    return loss.item(), {"real": real_logits, "fake": fake_logits}


def discriminator_loss_backward(dloss, cache):
    n, m = (max(1, a.size) for a in cache.values())
    return -sigmoid(-cache["real"]) * (dloss / n), sigmoid(cache["fake"]) * (dloss / m)


def generator_loss_forward(fake_logits):
    """what the discriminator would lose on these if they were real, and there were no made ones"""
    return discriminator_loss_forward(fake_logits, np.zeros(0))


def generator_loss_backward(dloss, cache):
    return discriminator_loss_backward(dloss, cache)[0]
