"""The gradient checks that are compared: ours, that of Stanford's course CS231n, and PyTorch's two."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from unittest.mock import patch

import numpy as np
import torch

from bpkit.judging import values
from bpkit.judging.gradient import Point
from bpkit.reference.trees import Array

Outputs = tuple[Array, ...]
Gradients = Mapping[str, Array]

_TORCH = importlib.import_module("torch.autograd.gradcheck")  # the package's attribute is the function


class Pair:
    """A forward and a backward in this process, as our check wants them; it counts forwards.

    run_forward: takes the inputs by name and returns the outputs with the cache.
    run_backward: takes the upstream gradients and the cache; None where what it gives are no such gradients.
    """

    def __init__(
        self,
        run_forward: Callable[[Point], tuple[Outputs, Any]],
        run_backward: Callable[[Outputs, Any], Gradients | None],
    ) -> None:
        self.run_forward, self.run_backward = run_forward, run_backward
        self.count = 0
        self.point: Point = {}
        self._last: tuple[Point, Any] = ({}, None)
        self._cache: Any = None

    def forwards(self, points: Sequence[Point]) -> list[Outputs | None]:
        """Return the outputs at each of these points."""
        found: list[Outputs | None] = []
        for point in points:
            self.count += 1
            outputs, cache = self.run_forward(point)
            self._last = point, cache
            found.append(outputs)
        return found

    def hold(self) -> None:
        """Keep the cache of the last forward."""
        self.point, self._cache = self._last

    def backward(self, upstream: Outputs) -> Gradients | None:
        """Return the gradients at the point that is held."""
        return self.run_backward(upstream, self._cache)


def pair_of(
    forward: Callable[..., Any], backward: Callable[[Any, Any], Gradients], fixed: Mapping[str, Any]
) -> Pair:
    """Return the pair of an operation whose other inputs are fixed."""

    def run_forward(point: Point) -> tuple[Outputs, Any]:
        output, cache = forward(**point, **fixed)
        outputs = output if isinstance(output, tuple) else (output,)
        return tuple(np.asarray(one) for one in outputs), cache

    def run_backward(upstream: Outputs, cache: Any) -> Gradients:
        return backward(upstream[0] if len(upstream) == 1 else upstream, cache)

    return Pair(run_forward, run_backward)


class Overheard(Pair):
    """Listens to what our check asks, and works out how far slope and prediction were apart.

    The check itself tells that only where they disagree.
    """

    def __init__(self, pair: Pair) -> None:
        super().__init__(pair.run_forward, pair.run_backward)
        self.asked: tuple[Outputs, Gradients] = ((), {})
        # By direction: of several step lengths the best counts, as in the check.
        self.seen: dict[tuple[int, frozenset[str]], float] = {}
        self.backwards = 0

    def backward(self, upstream: Outputs) -> Gradients | None:
        """Note what was asked and answered."""
        gradients = super().backward(upstream)
        self.asked = upstream, gradients or {}
        self.backwards += 1
        return gradients

    def forwards(self, points: Sequence[Point]) -> list[Outputs | None]:
        """Take four points in a row for what they are: two steps and one step, on either side."""
        found = super().forwards(points)
        if len(points) == 4:
            upstream, gradients = self.asked
            wide, narrow = (_difference(upstream, found[i], found[i + 1]) for i in (0, 2))
            slope = narrow / 2 + (narrow / 2 - wide / 4) / 3
            steps = {name: points[2][name] - x for name, x in self.point.items()}
            terms = np.concatenate([np.ravel(gradients[name] * step) for name, step in steps.items()])
            scale = max(float(np.linalg.norm(terms)), abs(slope))
            error = abs(float(terms.sum()) - slope) / scale if scale else 0.0
            direction = self.backwards, frozenset(name for name, step in steps.items() if step.any())
            self.seen[direction] = min(error, self.seen.get(direction, error))
        return found


def _difference(upstream: Outputs, ahead: Outputs | None, behind: Outputs | None) -> float:
    return sum(
        float((v * (y - z)).sum()) for v, y, z in zip(upstream, ahead or (), behind or (), strict=True)
    )


class Compared(Pair):
    """Asks the right backward the same, to tell whether what our check looked at was wrong at all.

    A mistake may well give the right numbers at the inputs that happened to be drawn.
    """

    def __init__(self, pair: Pair, right: Pair) -> None:
        super().__init__(pair.run_forward, pair.run_backward)
        self.right = right
        self.asked: list[tuple[Point, Outputs, Gradients]] = []

    def backward(self, upstream: Outputs) -> Gradients | None:
        """Note what was asked and answered; gradients of another shape are none."""
        gradients = super().backward(upstream)
        if gradients is None or any(gradients[name].shape != x.shape for name, x in self.point.items()):
            return None
        self.asked.append((self.point, upstream, {name: np.array(dx) for name, dx in gradients.items()}))
        return gradients

    def wrong(self, rtol: float, *, at_last: bool) -> bool:
        """Tell whether a gradient was off by more than this share of its array's largest entry.

        at_last: only at the last point that was held, where our check left those before for their kinks.
        """
        return any(
            self._differs(rtol, *asked) for asked in self.asked if not at_last or asked[0] is self.point
        )

    def _differs(self, rtol: float, point: Point, upstream: Outputs, gradients: Gradients) -> bool:
        right = self.right.run_backward(upstream, self.right.run_forward(point)[1])
        assert right is not None, "the right backward answers"
        scale = values.floor_scale(point, upstream)
        return any(values.compare(gradients[name], dx, scale, rtol) is not None for name, dx in right.items())


def central_differences(pair: Pair, point: Point, rng: np.random.Generator, h: float = 1e-5) -> float:
    """Check every element of every input by itself, as CS231n does; return the largest relative error.

    For each element, (f(x + h) - f(x - h)) / 2h times a random upstream gradient; relative to |a| + |b|.
    """
    point = {name: np.array(x) for name, x in point.items()}
    outputs, cache = pair.run_forward(point)
    upstream = tuple(np.asarray(rng.standard_normal(output.shape)) for output in outputs)
    gradients = pair.run_backward(upstream, cache) or {}
    worst = 0.0
    for name, x in point.items():
        numerical = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            before = x[index]
            x[index] = before + h
            ahead = pair.run_forward(point)[0]
            x[index] = before - h
            behind = pair.run_forward(point)[0]
            x[index] = before
            numerical[index] = _difference(upstream, ahead, behind) / (2 * h)
        size = np.maximum(1e-8, np.abs(gradients[name]) + np.abs(numerical))
        worst = max(worst, float((np.abs(gradients[name] - numerical) / size).max()))
    return worst


def gradcheck(function: Callable[..., Any], tensors: tuple[torch.Tensor, ...], *, fast: bool) -> bool:
    """Run PyTorch's check at its defaults."""
    passed: bool = torch.autograd.gradcheck(function, tensors, fast_mode=fast, raise_exception=False)
    return passed


def passes_fast(pair: Pair, point: Point) -> bool:
    """Tell what PyTorch's fast check says of the same NumPy code."""
    # Where it fails, PyTorch runs the slow one for its message, which nobody reads here.
    with patch.object(_TORCH, "_run_slow_mode_and_get_error", return_value=""):
        return gradcheck(*as_torch(pair, point), fast=True)


def gradcheck_error(pair: Pair, point: Point, *, fast: bool) -> float:
    """Return the largest difference that PyTorch's check sees, over the largest entry of what it compares."""
    worst = 0.0

    def compare(analytical: torch.Tensor, numerical: torch.Tensor, *_: float) -> bool:
        nonlocal worst
        largest = float(numerical.abs().max())
        worst = max(worst, float((analytical - numerical).abs().max()) / largest if largest else 0.0)
        return True

    function, tensors = as_torch(pair, point)
    with patch.object(_TORCH, "_allclose_with_type_promotion", compare):
        torch.autograd.gradcheck(function, tensors, fast_mode=fast)
    return worst


def as_torch(pair: Pair, point: Point) -> tuple[Callable[..., Any], tuple[torch.Tensor, ...]]:
    """Wrap a pair in an autograd function, and its inputs in tensors."""
    names = tuple(point)

    class Function(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, *tensors: torch.Tensor) -> Any:
            inputs = {name: tensor.numpy() for name, tensor in zip(names, tensors, strict=True)}
            outputs, ctx.cache = pair.run_forward(inputs)
            found = tuple(torch.from_numpy(np.array(output)) for output in outputs)
            return found if len(found) > 1 else found[0]

        @staticmethod
        def backward(ctx: Any, *upstream: torch.Tensor) -> Any:
            gradients = pair.run_backward(tuple(up.numpy() for up in upstream), ctx.cache) or {}
            return tuple(torch.from_numpy(np.array(gradients[name])) for name in names)

    return Function.apply, tuple(torch.from_numpy(np.array(x)).requires_grad_() for x in point.values())
