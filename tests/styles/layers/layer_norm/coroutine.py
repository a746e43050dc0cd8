"""One coroutine holds the forward and the backward: it waits in between. Each backward gets a fresh one."""
import numpy as np


def _layer_norm(x, gamma, beta, eps):
    c = x - x.mean(-1, keepdims=True)
    sd = np.sqrt(np.einsum("...d,...d->...", c, c)[..., None] / x.shape[-1] + eps)
    dy = yield gamma * c / sd + beta
    h, g = c / sd, dy * gamma
    g = g - h * np.mean(g * h, -1, keepdims=True)
    g = (g - np.mean(g, -1, keepdims=True)) / sd
    lead = (*range(x.ndim - 1),)
    yield g, np.sum(dy * h, lead), np.sum(dy, lead)


def layer_norm_forward(x, gamma, beta, eps=1e-5, **unused):
    start = lambda: _layer_norm(x, gamma, beta, eps)
    return next(start()), start


def layer_norm_backward(dy, cache):
    waiting = cache()
    next(waiting)
    try:
        return waiting.send(dy)
    finally:
        waiting.close()
