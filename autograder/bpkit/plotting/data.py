"""Runs the student's functions, in confined workers, and returns what is to be drawn.

chosen: ids of exercises to keep to; none means all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bpkit.plotting import recipes, training
from bpkit.plotting.functions import Functions, Unusable, array, parts
from bpkit.plotting.recipes import Optimizer, Schedule, Start
from bpkit.plotting.series import (
    Curve,
    Gap,
    Gradients,
    Ground,
    Landscape,
    Losses,
    Path,
    Schedules,
    Series,
    Surface,
    Training,
)
from bpkit.reference.trees import Array

Chosen = frozenset[str]

_HIDDEN = (2, 16, 16, 3)
_STEPS = 150
_DEEP_STEPS, _DEEP_RATE = 40, 0.05
_EVERY = 10  # steps between histograms
_STACK, _STACK_WIDTH = 20, 24  # layers, and neurons in each
_BOWL_STEPS, _SADDLE_STEPS = 60, 60
_GRID = 33
_TURN = 0.35  # the bowl's axes are no weights' own, which would suit some methods too well


def schedules(functions: Functions, chosen: Chosen = frozenset()) -> Schedules:
    """Ask each schedule for its learning rate at every step."""
    curves = []
    for recipe in recipes.SCHEDULES:
        if chosen and recipe.exercise not in chosen:
            continue
        values = functions.tried(_rates, functions, recipe)
        if values is not None:
            curves.append(Curve(recipe.name, values, call=recipe.call))
    return Schedules(tuple(curves), functions.gaps)


def _rates(functions: Functions, recipe: Schedule) -> Array:
    calls = [(step, *recipe.arguments) for step in range(recipes.SCHEDULE_STEPS)]
    return np.array(
        functions.many(recipe.exercise, recipe.name, calls, lambda rate: _number(recipe.exercise, rate))
    )


def _number(exercise: str, value: object) -> float:
    return float(array(exercise, value, (), "the value"))


def losses(functions: Functions, chosen: Chosen = frozenset()) -> Losses:
    """Train a network at three learning rates, and with each optimizer."""
    net = training.Mlp(functions, _HIDDEN)
    wanted = [
        one for one in recipes.OPTIMIZERS if not one.hessian and one.exercise in (chosen or {one.exercise})
    ]
    rates: tuple[Curve, ...] = ()
    trainer = "fit"
    if not chosen or recipes.FIT in chosen:
        try:
            rates = _fitted(functions, net)
        except Unusable as unusable:
            if unusable.started or recipes.FIT in chosen:
                functions.note(unusable.gap)
    if not rates and (not chosen or chosen & {recipes.FIT, recipes.SGD}):
        trainer, rates = "sgd_step", functions.tried(_trained, net) or ()
    curves = []
    for optimizer in wanted:
        found = functions.tried(net.train, optimizer, optimizer.network, _STEPS)
        if found is not None:
            curves.append(Curve(optimizer.name, found[1], call=f"lr {optimizer.network:g}"))
    return Losses(rates, tuple(curves), trainer, functions.gaps)


def _fitted(functions: Functions, net: training.Mlp) -> tuple[Curve, ...]:
    batches = [np.arange(len(net.x))] * _STEPS
    curves = []
    for words, lr in recipes.RATES.items():
        value = functions(recipes.FIT, "fit", net.x, net.target, net.params(net.start), batches, lr, 0.0, 0.0)
        told = parts(recipes.FIT, value, 2)[1]
        if isinstance(told, (list, tuple)):
            told = np.array([_number(recipes.FIT, one) for one in told])
        curves.append(Curve(f"lr {lr:g}, {words}", array(recipes.FIT, told, (_STEPS,), "losses")))
    return tuple(curves)


def _trained(net: training.Mlp) -> tuple[Curve, ...]:
    return tuple(
        Curve(f"lr {lr:g}, {words}", net.train(recipes.OPTIMIZERS[0], lr, _STEPS)[1])
        for words, lr in recipes.RATES.items()
    )


def gradients(functions: Functions, chosen: Chosen = frozenset()) -> Gradients:
    """Look at the norms of gradients by layer: in a stack before it learns, and in networks while they do."""
    starts = [start for start in recipes.STARTS if start.uses & chosen] or list(recipes.STARTS)
    stack, trainings = [], []
    for start in starts:
        curve = functions.tried(_stack, functions, start)
        if curve is not None:
            stack.append(curve)
    for start in starts:
        found = functions.tried(_deep, functions, start)
        if found is not None:
            trainings.append(found)
    return Gradients(tuple(stack), tuple(trainings), functions.gaps)


def _stack(functions: Functions, start: Start) -> Curve:
    sizes = [_STACK_WIDTH] * (_STACK + 1)
    weights = training.weights(functions, start, sizes)
    rng = np.random.default_rng(5)
    x, dlast = rng.standard_normal((32, _STACK_WIDTH)), rng.standard_normal((32, _STACK_WIDTH)) / 32
    told = functions(recipes.NORMS, "gradient_norms", x, weights, start.activation, dlast)
    if isinstance(told, (list, tuple)):
        told = np.array([_number(recipes.NORMS, one) for one in told])
    return Curve(start.label, array(recipes.NORMS, told, (_STACK,), "the norms"), first=1)


def _deep(functions: Functions, start: Start) -> Training:
    net = training.Deep(functions, start)
    norms = np.full((_DEEP_STEPS, len(net.weights)), np.nan)
    kept = []
    told = ""
    for step in range(_DEEP_STEPS):
        loss, dWs, dbs = net.slopes()
        with np.errstate(all="ignore"):  # an overflow is what the picture is about
            norms[step] = [np.sqrt(np.sum(dW**2)) for dW in dWs]
        if step == 0:
            told = functions.tried(_diagnosis, functions, norms[0]) or ""
        if not np.isfinite(loss) or not np.isfinite(norms[step]).all():
            break
        if step % _EVERY == 0:
            kept.append((step, tuple(dW.ravel() for dW in dWs)))
        net.step(_DEEP_RATE, dWs, dbs)
    return Training(start.label, norms, tuple(kept), told)


def _diagnosis(functions: Functions, norms: Array) -> str:
    value = functions(recipes.DIAGNOSE, "diagnose", norms.tolist())
    if isinstance(value, str):
        return ascii(value)[1:-1][:20]
    raise Unusable(Gap(recipes.DIAGNOSE, "It returned no text."))


def landscape(functions: Functions, chosen: Chosen = frozenset()) -> Landscape:
    """Send each optimizer across two surfaces, and look at a network's loss around one training."""
    wanted = [one for one in recipes.OPTIMIZERS if one.exercise in (chosen or {one.exercise})]
    grounds = (
        _ground(functions, "a long narrow bowl", _bowl, wanted, "bowl", np.array([-3.3, -0.25]), _BOWL_STEPS),
        _ground(functions, "a saddle", _saddle, wanted, "saddle", np.array([-1.7, 0.02]), _SADDLE_STEPS),
    )
    network: Ground | None = None
    share = 0.0
    for optimizer in wanted:
        if optimizer.hessian:
            continue
        found = functions.tried(_network, functions, optimizer)
        if found is not None:
            network, share = found
            break
    return Landscape(grounds, network, share, functions.gaps)


Shape = Callable[[Array], tuple[Array, Array, Array]]


def _bowl(w: Array) -> tuple[Array, Array, Array]:
    """Return height, gradient and Hessian at w (..., 2) of a bowl that is 25 times as steep in one direction."""
    turn = np.array([[np.cos(_TURN), -np.sin(_TURN)], [np.sin(_TURN), np.cos(_TURN)]])
    H = turn @ np.diag([1.0, 25.0]) @ turn.T
    g = w @ H
    return np.sum(w * g, axis=-1) / 2, g, H


def _saddle(w: Array) -> tuple[Array, Array, Array]:
    """Return the same; a saddle at 0, and a minimum on either side of it."""
    x, y = w[..., 0], w[..., 1]
    height = x**2 / 2 - y**2 / 2 + y**4 / 4
    H = np.array([[1.0, 0.0], [0.0, -1.0 + 3 * y * y]]) if w.ndim == 1 else np.zeros((2, 2))
    return height, np.stack([x, y**3 - y], axis=-1), H


def _ground(
    functions: Functions,
    title: str,
    shape: Shape,
    wanted: list[Optimizer],
    name: str,
    start: Array,
    steps: int,
) -> Ground:
    span = {"bowl": (4.0, 2.0), "saddle": (2.2, 1.7)}[name]
    x, y = (np.linspace(-half, half, 121) for half in span)
    heights = shape(np.stack(np.meshgrid(x, y), axis=-1))[0]
    paths = []
    for optimizer in wanted:
        lr = optimizer.bowl if name == "bowl" else optimizer.saddle
        found = functions.tried(_walked, functions, optimizer, lr, shape, start, steps)
        if found is not None:
            paths.append(found)
    return Ground(title, Surface(x, y, heights), tuple(paths))


def _walked(
    functions: Functions, optimizer: Optimizer, lr: float, shape: Shape, start: Array, steps: int
) -> Path:
    walker = training.Walker(functions, optimizer, lr, start)
    points, heights = np.full((steps + 1, 2), np.nan), np.full(steps + 1, np.nan)
    with np.errstate(all="ignore"):
        for step in range(steps + 1):
            points[step] = walker.w
            height, g, H = shape(walker.w)
            heights[step] = height
            if not np.isfinite(g).all() or not np.isfinite(H).all():
                break
            if step < steps:
                walker.take(g, H)
    return Path(optimizer.name, points, heights, None if optimizer.hessian else lr)


def _network(functions: Functions, optimizer: Optimizer) -> tuple[Ground, float]:
    """Return the loss over the plane in which most of a training lies, with the training in it."""
    net = training.Mlp(functions, (2, 8, 3))
    rows, losses = net.train(optimizer, optimizer.network, _STEPS)
    rows = rows[np.isfinite(losses)]
    if len(rows) < 3:
        raise Unusable(
            Gap(optimizer.exercise, "The training of the small network is lost at its first steps.")
        )
    centre = rows[-1]
    with np.errstate(all="ignore"):
        moved = rows - centre
        largest = np.abs(moved).max()
        if not 0 < largest < 1e100:
            why = "It leads the small network nowhere, or too far, to draw its loss."
            raise Unusable(Gap(optimizer.exercise, why))
        _, sizes, directions = np.linalg.svd(moved / largest, full_matrices=False)
    axes = directions[:2] * np.where(directions[:2] @ (centre - rows[0]) < 0, -1.0, 1.0)[:, None]
    flat = moved @ axes.T
    low, high = flat.min(axis=0), flat.max(axis=0)
    room = 0.35 * np.maximum(high - low, 0.3 * (high - low).max())
    x, y = (np.linspace(low[i] - room[i], high[i] + room[i], _GRID) for i in range(2))
    found = net.losses([centre + a * axes[0] + b * axes[1] for b in y for a in x])
    surface = Surface(x, y, found.reshape(_GRID, _GRID))
    path = Path(optimizer.name, flat, losses[: len(flat)], optimizer.network)
    share = float(np.sum(sizes[:2] ** 2) / np.sum(sizes**2))
    return Ground("a small network", surface, (path,)), share


KINDS: dict[str, Callable[[Functions, Chosen], Series]] = {
    "loss": losses,
    "gradients": gradients,
    "schedules": schedules,
    "landscape": landscape,
}
