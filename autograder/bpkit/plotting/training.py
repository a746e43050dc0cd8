"""Networks put together from the student's functions, and the steps of an optimizer."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from bpkit.course.spec import Seed
from bpkit.plotting import recipes
from bpkit.plotting.functions import Functions, Unusable, array, parts
from bpkit.plotting.recipes import Optimizer
from bpkit.reference.trees import Array
from bpkit.worker.wire import Slot


def examples() -> tuple[Array, Array]:
    """Return the points to learn, x (96, 2), and their classes: three arms of a spiral."""
    rng = np.random.default_rng(3)
    far = np.tile(np.linspace(0.15, 1, 32), 3)
    target = np.repeat(np.arange(3), 32)
    angle = 2 * np.pi * target / 3 + 3 * far + 0.12 * rng.standard_normal(96)
    return 2 * np.stack([far * np.cos(angle), far * np.sin(angle)], axis=1), target


class Walker:
    """One of the student's optimizers on its way: where it is, and what it keeps between steps."""

    def __init__(self, functions: Functions, optimizer: Optimizer, lr: float, start: Array) -> None:
        self.functions, self.optimizer, self.lr = functions, optimizer, lr
        self.w, self.number = start, 0
        self.state = [np.zeros_like(start) for _ in range(optimizer.state)]

    def take(self, gradient: Array, hessian: Array | None = None) -> Array:
        """Take a step, and return where that leads."""
        self.number += 1
        exercise = self.optimizer.exercise
        rest = [*self.state, *([self.number] if self.optimizer.counts else []), self.lr]
        if self.optimizer.hessian:
            rest = [hessian]
        value = self.functions(exercise, f"{self.optimizer.name}_step", self.w, gradient, *rest)
        values = parts(exercise, value, 1 + len(self.state)) if self.state else [value]
        self.w, *self.state = [array(exercise, one, self.w.shape, "what is new") for one in values]
        return self.w


class Mlp:
    """A relu network by the student's mlp and cross_entropy, with all of its parameters in one row."""

    def __init__(self, functions: Functions, sizes: Sequence[int]) -> None:
        self.functions = functions
        self.x, self.target = examples()
        self.shapes = list(itertools.pairwise(sizes))
        rng = np.random.default_rng(1)
        self.start = np.concatenate(
            [
                np.append(rng.standard_normal((fan_in, fan_out)) * np.sqrt(2 / fan_in), np.zeros(fan_out))
                for fan_in, fan_out in self.shapes
            ]
        )

    def params(self, row: Array) -> list[tuple[Array, Array]]:
        """Return the parameters as mlp_forward wants them."""
        found, at = [], 0
        for fan_in, fan_out in self.shapes:
            W = row[at : at + fan_in * fan_out].reshape(fan_in, fan_out)
            at += fan_in * fan_out
            found.append((W, row[at : at + fan_out]))
            at += fan_out
        return found

    def slope(self, row: Array) -> tuple[float, Array]:
        """Return the loss and its gradient, by the student's forwards and backwards."""
        call = self.functions
        logits = self._logits(call(recipes.MLP, "mlp_forward", self.x, self.params(row), keep=0))
        loss = call(recipes.LOSS, "cross_entropy_forward", logits, self.target, keep=0)
        dlogits = call(recipes.LOSS, "cross_entropy_backward", 1.0, Slot(0))
        dlogits = array(recipes.LOSS, dlogits, logits.shape, "dlogits")
        grads = parts(recipes.MLP, call(recipes.MLP, "mlp_backward", dlogits, Slot(0)), len(self.shapes))
        row = np.concatenate(
            [
                array(recipes.MLP, part, shape, name).ravel()
                for pair, sizes in zip(grads, self.shapes, strict=True)
                for part, shape, name in zip(
                    parts(recipes.MLP, pair, 2), (sizes, sizes[1:]), ("dW", "db"), strict=True
                )
            ]
        )
        return self._loss(loss), row

    def losses(self, rows: Sequence[Array]) -> Array:
        """Return the loss for each of these parameters."""
        call = self.functions
        given = [(self.x, self.params(row)) for row in rows]
        logits = call.many(recipes.MLP, "mlp_forward", given, self._logits, keep=0)
        asked = [(one, self.target) for one in logits]
        return np.array(call.many(recipes.LOSS, "cross_entropy_forward", asked, self._loss, keep=0))

    def train(self, optimizer: Optimizer, lr: float, steps: int) -> tuple[Array, Array]:
        """Return the parameters before each step and after the last, and the losses there; NaN once it is lost."""
        rows, losses = np.full((steps + 1, self.start.size), np.nan), np.full(steps + 1, np.nan)
        walker = Walker(self.functions, optimizer, lr, self.start)
        for number in range(steps + 1):
            rows[number] = walker.w
            losses[number], gradient = self.slope(walker.w)
            if not np.isfinite(losses[number]) or not np.isfinite(gradient).all():
                break
            if number < steps:
                walker.take(gradient)
        return rows, losses

    @staticmethod
    def _loss(value: object) -> float:
        return float(array(recipes.LOSS, value, (), "the loss"))

    def _logits(self, value: object) -> Array:
        return array(recipes.MLP, value, (len(self.x), self.shapes[-1][1]), "the logits")


class Deep:
    """A deep narrow network of the student's linear layers and one activation."""

    depth, width, classes = 12, 16, 3

    def __init__(self, functions: Functions, start: recipes.Start) -> None:
        self.functions, self.activation = functions, start.activation
        x, self.target = examples()
        # More numbers than two, so that every layer but the last is square.
        self.x = np.tanh(x @ np.random.default_rng(4).standard_normal((2, self.width)))
        sizes = [self.width] * self.depth + [self.classes]
        self.weights = weights(functions, start, sizes)
        self.biases = [np.zeros(size) for size in sizes[1:]]

    def slopes(self) -> tuple[float, list[Array], list[Array]]:
        """Return the loss, and the gradients of the weights and of the biases, first layer first."""
        call, a, last = self.functions, self.x, len(self.weights) - 1
        neuron = f"neuron/{self.activation}"
        for layer, (W, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            shape = (len(a), len(b))
            z = call(recipes.LINEAR, "linear_forward", a, W, b, keep=layer)
            a = array(recipes.LINEAR, z, shape, "y")
            if layer < last:
                a = array(neuron, call(neuron, f"{self.activation}_forward", a, keep=layer), shape, "a")
        loss = call(recipes.LOSS, "cross_entropy_forward", a, self.target, keep=0)
        d = array(
            recipes.LOSS, call(recipes.LOSS, "cross_entropy_backward", 1.0, Slot(0)), a.shape, "dlogits"
        )
        dWs: list[Array] = []
        dbs: list[Array] = []
        for layer in range(last, -1, -1):
            W = self.weights[layer]
            if layer < last:
                d = array(neuron, call(neuron, f"{self.activation}_backward", d, Slot(layer)), d.shape, "dz")
            found = parts(recipes.LINEAR, call(recipes.LINEAR, "linear_backward", d, Slot(layer)), 3)
            dWs.insert(0, array(recipes.LINEAR, found[1], W.shape, "dW"))
            dbs.insert(0, array(recipes.LINEAR, found[2], W.shape[1:], "db"))
            d = array(recipes.LINEAR, found[0], (len(self.x), len(W)), "dx")
        return float(array(recipes.LOSS, loss, (), "the loss")), dWs, dbs

    def step(self, lr: float, dWs: list[Array], dbs: list[Array]) -> None:
        """Take a step with the student's sgd; where there is none, with the formula."""
        together = [*self.weights, *self.biases]
        row, gradient = (
            np.concatenate([one.ravel() for one in arrays]) for arrays in (together, [*dWs, *dbs])
        )
        try:
            row = Walker(self.functions, recipes.OPTIMIZERS[0], lr, row).take(gradient)
        except Unusable as unusable:
            self.functions.note(unusable.gap._replace(why=f"{unusable.gap.why} Here w - lr * dw stands in."))
            row = row - lr * gradient
        split = np.split(row, np.cumsum([one.size for one in together])[:-1])
        new = [part.reshape(one.shape) for part, one in zip(split, together, strict=True)]
        self.weights, self.biases = new[: len(self.weights)], new[len(self.weights) :]


def weights(functions: Functions, start: recipes.Start, sizes: Sequence[int]) -> list[Array]:
    """Return weights to start from, by the student's initialisation or as normal numbers."""
    found = []
    for seed, (fan_in, fan_out) in enumerate(itertools.pairwise(sizes)):
        if start.init:
            function = start.init.rpartition("/")[2]
            W = functions(start.init, function, fan_in, fan_out, Seed(seed))
            found.append(array(start.init, W, (fan_in, fan_out), "W"))
        else:
            rng = np.random.default_rng(seed)
            found.append(rng.standard_normal((fan_in, fan_out)) * start.spread / np.sqrt(fan_in))
    return found
