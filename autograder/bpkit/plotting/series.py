"""What there is to draw, as frozen values: numbers and words, and no picture yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bpkit.reference.trees import Array


class Gap(NamedTuple):
    """What a picture goes without, or has from elsewhere: the exercise, and why."""

    exercise: str
    why: str

    def __str__(self) -> str:
        return f"{self.exercise}: {self.why}"


class Curve(NamedTuple):
    """Numbers in a row, the first of them at `first`. Some may be infinite or NaN."""

    label: str
    values: Array
    first: int = 0
    call: str = ""  # how the function was called, in words


class Schedules(NamedTuple):
    """Learning rates, step by step."""

    curves: tuple[Curve, ...]
    gaps: tuple[Gap, ...]

    def __bool__(self) -> bool:
        return bool(self.curves)


class Losses(NamedTuple):
    """The loss at each step. trainer: what took the steps of `rates`."""

    rates: tuple[Curve, ...]
    optimizers: tuple[Curve, ...]
    trainer: str
    gaps: tuple[Gap, ...]

    def __bool__(self) -> bool:
        return bool(self.rates or self.optimizers)


class Training(NamedTuple):
    """One deep network while it learns.

    norms: (steps, layers), the norm of each layer's gradient.
    gradients: at some steps, (step, the gradient of each layer's weights).
    told: what the student's `diagnose` says of the first step's norms, if anything.
    """

    label: str
    norms: Array
    gradients: tuple[tuple[int, tuple[Array, ...]], ...]
    told: str


class Gradients(NamedTuple):
    """Norms by layer in a stack before it learns, and step by step in networks that do."""

    stack: tuple[Curve, ...]
    trainings: tuple[Training, ...]
    gaps: tuple[Gap, ...]

    def __bool__(self) -> bool:
        return bool(self.stack or self.trainings)


class Surface(NamedTuple):
    """A loss over two axes: heights[row, column] at y[row], x[column]."""

    x: Array
    y: Array
    heights: Array


class Path(NamedTuple):
    """Where an optimizer went: points (steps + 1, 2), and the loss at each."""

    label: str
    points: Array
    losses: Array
    lr: float | None  # None for a method without


class Ground(NamedTuple):
    """A surface and the paths across it."""

    title: str
    surface: Surface
    paths: tuple[Path, ...]


class Landscape(NamedTuple):
    """The two surfaces in two weights, and a network's around the student's own training.

    share: how much of the way from its start to its end the picture's two directions hold.
    """

    grounds: tuple[Ground, ...]
    network: Ground | None
    share: float
    gaps: tuple[Gap, ...]

    def __bool__(self) -> bool:
        return self.network is not None or any(ground.paths for ground in self.grounds)


Series = Schedules | Losses | Gradients | Landscape


def scalars(series: Series) -> Iterator[tuple[str, Curve]]:
    """Yield every row of numbers in it, with the name of the run that it belongs to."""
    match series:
        case Schedules():
            for curve in series.curves:
                yield curve.label, curve._replace(label="learning rate")
        case Losses():
            for curve in (*series.rates, *series.optimizers):
                yield curve.label, curve._replace(label="loss")
        case Gradients():
            for curve in series.stack:
                yield f"stack/{curve.label}", curve._replace(label="gradient norm by layer")
            for training in series.trainings:
                for layer, norms in enumerate(training.norms.T, 1):
                    yield training.label, Curve(f"gradient norm/layer {layer:02}", norms)
        case Landscape():
            for ground in (*series.grounds, *([series.network] if series.network else [])):
                for path in ground.paths:
                    yield f"{ground.title}/{path.label}", Curve("loss", path.losses)


def histograms(series: Series) -> Iterator[tuple[str, str, int, Array]]:
    """Yield (run, name, step, numbers) for what is a heap of numbers at each step."""
    if isinstance(series, Gradients):
        for training in series.trainings:
            for step, layers in training.gradients:
                for layer, gradient in enumerate(layers, 1):
                    yield training.label, f"gradient/layer {layer:02}", step, gradient
