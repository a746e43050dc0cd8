"""What the tests of pictures draw: a fit that is right, and series that no picture can show."""

import numpy as np

from bpkit.plotting import series

FIT = """
import numpy as np
from backprop.mlp import mlp_forward, mlp_backward
from losses.cross_entropy import cross_entropy_forward, cross_entropy_backward


def fit(x, target, params, batches, lr, momentum, weight_decay):
    assert momentum == weight_decay == 0
    losses = []
    for batch in batches:
        logits, cache = mlp_forward(x[batch], params)
        loss, own = cross_entropy_forward(logits, target[batch])
        losses.append(loss)
        grads = mlp_backward(cross_entropy_backward(1.0, own), cache)
        params = [(W - lr * dW, b - lr * db) for (W, b), (dW, db) in zip(params, grads)]
    return params, losses
"""


def _nasty():
    """Return one of each kind with numbers that no picture can show."""
    wild = np.array([1.0, 1e308, -1e308, np.inf, -np.inf, np.nan, 0.0, -3.0, 1e-300])
    lost = np.full(9, np.nan)
    curves = tuple(
        series.Curve(name, values, 1, "$\\frac")
        for name, values in (("wild", wild), ("lost", lost), ("zero", np.zeros(9)), ("minus", -np.ones(9)))
    )
    layers = np.tile(wild[:, None], (1, 4))
    trainings = tuple(
        series.Training(name, norms, (), "$x_")
        for name, norms in (("wild", layers), ("lost", layers * np.nan), ("zero", np.zeros((9, 4))))
    )
    x = np.linspace(-1, 1, 9)
    paths = tuple(
        series.Path(name, np.stack([values, values], axis=1), values, 0.1)
        for name, values in (("wild", wild), ("lost", np.append(0.0, lost[1:])))
    )
    grounds = tuple(
        series.Ground(f"ground {index}", series.Surface(x, x, heights), paths)
        for index, heights in enumerate((np.outer(x, x), np.zeros((9, 9)), np.full((9, 9), np.nan)))
    )
    return {
        "schedules": series.Schedules(curves, ()),
        "lost schedules": series.Schedules(curves[1:2], ()),
        "loss": series.Losses(curves, curves[:1], "fit", ()),
        "lost loss": series.Losses((), curves[1:2], "fit", ()),
        "gradients": series.Gradients(curves, trainings, ()),
        "stack": series.Gradients(curves[1:2], (), ()),
        "trainings": series.Gradients((), trainings[1:2], ()),
        "landscape": series.Landscape(grounds[:2], grounds[2], 0.5, ()),
        "network": series.Landscape((), grounds[0], 1.0, ()),
        "flat network": series.Landscape(grounds[:1], grounds[1], 0.0, ()),
    }


NASTY = _nasty()
