"""Reading digits: everything put together, on real handwriting

A few hundred grey images of handwritten digits, eight by eight points each. Train whatever you like on them, and read
digits that you have never seen. How is up to you: how many layers and how wide, which optimizer, how long, with what
held back; you may use all that you have written so far, such as `from optimizers.adam import adam_step`.

    x      (N, 64)   the images to learn from, each as a row of 64 numbers from 0 (white) to 1 (black); N is 1296
    y      (N,)      which digit each shows, a whole number from 0 to 9
    x_val, y_val     194 more, to see how you are doing: to choose the settings with, or when to stop
    rng              a numpy.random.Generator; all randomness comes from it
    params           all that predict_digits wants to know; any object

    predict_digits gets images like those of x, in any number, and returns one digit for each: an array of whole
    numbers of the shape (N,). What it says of one image does not depend on the others that come with it,
    nor on when it is asked.

The check trains once and then shows 300 images that were in neither set. 95 of 100 have to be right. A small network
gets 98 and more, with any optimizer, and even a single linear layer does with patience: there is no need for luck.
Training may take 30 seconds; one or two are plenty.
"""

import numpy as np


def train_digits(x, y, x_val, y_val, rng):
    """x (N, 64), y (N,), x_val, y_val the same, rng a Generator -> params"""
    ### BEGIN SOLUTION
    del x_val, y_val  # they have served to choose the numbers below
    sizes = ((x.shape[1], 64), (64, 10))
    # MISTAKE data-changed: sizes = ((x.shape[1], 64), (64, 10)); order = y.argsort(); x[:], y[:] = x[order], y[order]
    # MISTAKE other-chance: sizes = ((x.shape[1], 64), (64, 10)); np.random.shuffle([1, 2])
    # MISTAKE a-class-missing: sizes = ((x.shape[1], 64), (64, 9)); x, y = x[y < 9], y[y < 9]
    params = [
        (np.sqrt(2 / before) * rng.standard_normal((before, after)), np.zeros(after))
        for before, after in sizes
    ]
    velocities = [(0.0, 0.0)] * len(params)
    # MISTAKE kept-outside: velocities = [(0.0, 0.0)] * len(params); globals()["found"] = params
    for _ in range(30):
        # MISTAKE nothing-learned: for _ in range(0):
        order = rng.permutation(len(x))
        for batch in np.split(order, range(32, len(x), 32)):
            inputs = [x[batch]]
            for W, b in params[:-1]:
                inputs.append(np.maximum(inputs[-1] @ W + b, 0))
            logits = inputs[-1] @ params[-1][0] + params[-1][1]
            p = np.exp(logits - logits.max(axis=1, keepdims=True))
            dz = p / p.sum(axis=1, keepdims=True)
            dz[np.arange(len(batch)), y[batch]] -= 1
            dz /= len(batch)
            for layer in reversed(range(len(params))):
                (W, b), (vW, vb), a = params[layer], velocities[layer], inputs[layer]
                velocities[layer] = (0.9 * vW + a.T @ dz, 0.9 * vb + dz.sum(axis=0))
                dz = (dz @ W.T) * (a > 0)
                params[layer] = (W - 0.05 * velocities[layer][0], b - 0.05 * velocities[layer][1])
                # MISTAKE always-the-same: params[layer] = (0 * W, b - 0.05 * velocities[layer][1])
    ### END SOLUTION
    return params


def predict_digits(x, params):
    """x (N, 64), params from train_digits -> class ids (N,)"""
    ### BEGIN SOLUTION
    a = x
    # MISTAKE kept-outside: a, params = x, found
    # MISTAKE images-changed: x -= 0.01; a = x
    # MISTAKE answers-change: a = 2 * x * (np.random.random(x.shape) < 0.5)
    # MISTAKE depends-on-the-others: a = (x - x.mean(axis=0)) / (x.std(axis=0) + 0.1)
    for W, b in params[:-1]:
        a = np.maximum(a @ W + b, 0)
    W, b = params[-1]
    digits = (a @ W + b).argmax(axis=1)
    # MISTAKE scores-returned: digits = a @ W + b
    # MISTAKE largest-score-returned: digits = (a @ W + b).max(axis=1)
    # MISTAKE one-too-many: digits = (a @ W + b).argmax(axis=1) + 1
    # MISTAKE least-likely: digits = (a @ W + b).argmin(axis=1)
    # MISTAKE one-answer: digits = (a @ W + b).argmax()
    ### END SOLUTION
    return digits
