import numpy as np


def _run(w, weight_decay):
    """first the loss, then, for whatever is sent in, the gradient; again and again"""
    dloss = yield weight_decay * (w * w).sum() / 2
    while True:
        dloss = yield dloss * weight_decay * w


def l2_penalty_forward(w, weight_decay):
    run = _run(w, weight_decay)
    return next(run), run


def l2_penalty_backward(dloss, cache):
    return cache.send(dloss)
