"""A right training run in NumPy, kept step by step, to say where a student's leaves it."""

import itertools
from typing import Any, NamedTuple


class Run(NamedTuple):
    """What `fit` is called with, the loss of each step, and the parameters after each."""

    arguments: tuple[Any, ...]
    losses: list[float]
    states: list[list[Any]]


def follow(x, target, params, batches, lr, momentum, weight_decay):
    """Train as `fit` should."""
    import numpy as np

    arguments = (x, target, params, batches, lr, momentum, weight_decay)
    params = [[np.array(array) for array in pair] for pair in params]
    velocities = [[np.zeros_like(array) for array in pair] for pair in params]
    losses, states = [], []
    for batch in batches:
        inputs = [x[batch]]
        for W, b in params[:-1]:
            inputs.append(np.maximum(inputs[-1] @ W + b, 0))
        logits = inputs[-1] @ params[-1][0] + params[-1][1]
        logits = logits - logits.max(axis=1, keepdims=True)
        log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
        wanted = np.eye(log_p.shape[1])[target[batch]]
        losses.append(float(-(wanted * log_p).sum() / len(batch)))
        dz = (np.exp(log_p) - wanted) / len(batch)
        new = []
        for layer in reversed(range(len(params))):
            slopes = (inputs[layer].T @ dz, dz.sum(axis=0))
            dz = (dz @ params[layer][0].T) * (inputs[layer] > 0)
            speeds = [
                momentum * speed + slope + weight_decay * array
                for speed, slope, array in zip(velocities[layer], slopes, params[layer], strict=True)
            ]
            velocities[layer] = speeds
            new.insert(0, [array - lr * speed for array, speed in zip(params[layer], speeds, strict=True)])
        params = new
        states.append(params)
    return Run(arguments, losses, states)


def example():
    """Return a small run: three layers, batches of two sizes, all that `fit` has to know."""
    import numpy as np

    rng = np.random.default_rng(7)
    sizes = (5, 11, 7, 3)
    params = [
        (rng.standard_normal((before, after)) / before**0.5, 0.3 * rng.standard_normal(after))
        for before, after in itertools.pairwise(sizes)
    ]
    x, target = rng.standard_normal((31, 5)), rng.integers(0, 3, 31)
    batches = [
        batch for _ in range(3) for batch in np.split(rng.permutation(31), (7, 14, 21, 28))
    ]  # the last of each epoch is short
    return follow(x, target, params, batches, 0.1, 0.9, 0.01)
