"""Networks of the student's functions: their gradients are right, and their steps are the optimizer's."""

import numpy as np
import pytest

from bpkit.plotting import recipes, training
from bpkit.plotting.recipes import OPTIMIZERS, SGD


def test_slope_is_the_losses(student):
    """The gradient that comes back is the derivative of the loss that comes out."""
    net = training.Mlp(student(), (2, 5, 3))
    loss, gradient = net.slope(net.start)
    way = np.random.default_rng(0).standard_normal(net.start.size)
    low, here, high = net.losses([net.start - 1e-6 * way, net.start, net.start + 1e-6 * way])
    assert here == loss
    assert np.isclose((high - low) / 2e-6, gradient @ way, rtol=1e-6)


@pytest.mark.parametrize("start", recipes.STARTS[:3], ids=lambda start: start.label)
def test_deep_slopes(student, start):
    """The same for deep networks of linear layers, weights and biases alike."""
    net = training.Deep(student(), start)
    _, dWs, dbs = net.slopes()
    for arrays, gradients, layer in ((net.weights, dWs, -2), (net.biases, dbs, -3)):
        heights = []
        for step in (1e-5, -1e-5):
            kept = arrays[layer]
            arrays[layer] = kept + step * np.arange(kept.size).reshape(kept.shape) / kept.size
            heights.append(net.slopes()[0])
            arrays[layer] = kept
        slope = np.sum(gradients[layer].ravel() * np.arange(kept.size)) / kept.size
        assert np.isclose((heights[0] - heights[1]) / 2e-5, slope, rtol=1e-4, atol=1e-9)


def test_deep_step(student):
    """A step goes against the gradient, every array by its own; without the student's sgd as well, which is told."""
    for changed in ({}, {"optimizers/sgd.py": "def sgd_step(w, dw, lr): raise NotImplementedError"}):
        functions = student(changed)
        net = training.Deep(functions, recipes.STARTS[1])
        before = [*net.weights, *net.biases]
        _, dWs, dbs = net.slopes()
        net.step(0.5, dWs, dbs)
        for old, new, gradient in zip(before, [*net.weights, *net.biases], [*dWs, *dbs], strict=True):
            np.testing.assert_allclose(new, old - 0.5 * gradient)
        assert [gap.exercise for gap in functions.gaps] == [SGD] * bool(changed)


@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda one: one.name)
def test_walker_goes_down(student, optimizer):
    """Each optimizer's step takes what it keeps, and finds the bottom of a bowl."""
    walker = training.Walker(student(), optimizer, 0.1, np.array([1.0, -2.0]))
    for _ in range(60):
        walker.take(walker.w, np.eye(2))
    assert np.abs(walker.w).max() < 0.9
    assert len(walker.state) == optimizer.state
    assert walker.number == 60


def test_lost_training_ends(student):
    """A training that is lost ends there, and what comes after is NaN."""
    net = training.Mlp(student(), (2, 4, 3))
    _, losses = net.train(OPTIMIZERS[0], 1e200, 10)
    assert np.isfinite(losses[0])
    assert np.isnan(losses[5:]).all()
