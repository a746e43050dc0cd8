"""Learning by heart: a network that fits what has no sense

A network with enough weights can learn anything by heart. To see it, take images and give them labels at random: there
is nothing to understand, and yet it gets every one of them right. On other images it then guesses. Whoever judges a
network by the data that it was trained on cannot tell this one from one that has learned something.

    x       (N, 64)   images, each as a row of 64 numbers from 0 to 1; N is 127
    labels  (N,)      a whole number from 0 to 9 for each, drawn by lot
    rng     a numpy.random.Generator; all randomness comes from it
    params  all that predict_memorized wants to know; any object

    predict_memorized gets images like those of x, in any number, and returns one label for each: an array of whole
    numbers of the shape (N,). What it says of one image does not depend on the others that come with it,
    nor on when it is asked.

99 of 100 have to be right: of 127, one may be wrong. The labels are known, so your function can look whether it has
them all, and stop then or go on. A hidden layer of 64 units or more has room enough; what else holds a network back
from learning by heart would be in the way here. Training may take 30 seconds; one is plenty.

The check tells what share it gets right of what it has learned, and of fresh images.
"""

import numpy as np


def memorize(x, labels, rng):
    """x (N, 64), labels (N,), rng a Generator -> params"""
    ### BEGIN SOLUTION
    params = [
        (np.sqrt(2 / before) * rng.standard_normal((before, after)), np.zeros(after))
        for before, after in ((x.shape[1], 128), (128, 10))
    ]
    # MISTAKE data-changed: params = [(0.2 * rng.standard_normal(size), np.zeros(size[1])) for size in ((64, 128), (128, 10))]; x -= x.mean(axis=0)
    # MISTAKE other-chance: params = [(0.2 * np.random.standard_normal(size), np.zeros(size[1])) for size in ((64, 128), (128, 10))]
    velocities = [(0.0, 0.0)] * len(params)
    # MISTAKE kept-outside: velocities = [(0.0, 0.0)] * len(params); globals()["found"] = params
    for _ in range(500):
        # MISTAKE nothing-learned: for _ in range(0):
        # MISTAKE not-by-heart: for _ in range(12):
        inputs = [x]
        for W, b in params[:-1]:
            inputs.append(np.maximum(inputs[-1] @ W + b, 0))
        logits = inputs[-1] @ params[-1][0] + params[-1][1]
        if (logits.argmax(axis=1) == labels).all():
            break
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        dz = p / p.sum(axis=1, keepdims=True)
        dz[np.arange(len(x)), labels] -= 1
        dz /= len(x)
        for layer in reversed(range(len(params))):
            (W, b), (vW, vb), a = params[layer], velocities[layer], inputs[layer]
            velocities[layer] = (0.9 * vW + a.T @ dz, 0.9 * vb + dz.sum(axis=0))
            dz = (dz @ W.T) * (a > 0)
            params[layer] = (W - 0.2 * velocities[layer][0], b - 0.2 * velocities[layer][1])
            # MISTAKE always-the-same: params[layer] = (0 * W, b - 0.2 * velocities[layer][1])
    ### END SOLUTION
    return params


def predict_memorized(x, params):
    """x (N, 64), params from memorize -> class ids (N,)"""
    ### BEGIN SOLUTION
    a = x
    # MISTAKE kept-outside: a, params = x, found
    # MISTAKE images-changed: x -= 0.01; a = x
    # MISTAKE answers-change: a = 2 * x * (np.random.random(x.shape) < 0.5)
    # MISTAKE depends-on-the-others: a = (x - x.mean(axis=0)) / (x.std(axis=0) + 0.1)
    for W, b in params[:-1]:
        a = np.maximum(a @ W + b, 0)
    W, b = params[-1]
    ids = (a @ W + b).argmax(axis=1)
    # MISTAKE scores-returned: ids = a @ W + b
    # MISTAKE largest-score-returned: ids = (a @ W + b).max(axis=1)
    # MISTAKE one-too-many: ids = (a @ W + b).argmax(axis=1) + 1
    # MISTAKE least-likely: ids = (a @ W + b).argmin(axis=1)
    # MISTAKE one-answer: ids = (a @ W + b).argmax()
    ### END SOLUTION
    return ids
