"""The second witness: is the backward the derivative of the student's own forward?

Directional derivatives by finite differences, with their own error bars. For a direction u through all inputs
together and an upstream gradient v, the slope of `sum(v * forward(x + t u))` at t = 0 must be what the
backward says: `sum over inputs of sum(gradient * u)`.

- Four forwards a direction: central slopes D1 at step h and D2 at h/2; Richardson's R = D2 + (D2 - D1) / 3 has
  an error of the order of T = (D2 - D1) / 3, which becomes the error bar.
- The fifth point, x itself, gives the second difference; where it does not vanish with h, there is a kink
  (relu at 0). The point is then moved by a hundredth and tried again; on the last try the two one-sided slopes
  bound the answer.
- What rounding drowns is inconclusive: no verdict, and the reference decides. Rounding on the way to the outputs,
  which they do not show, is found out after a disagreement: it is not the same at each step length.

Steps are rounded so that x + d and x - d are exact. `bench/gradient_check.py` measures the constants: forwards, time,
right code that fails, and wrong code that is missed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from bpkit.judging import values
from bpkit.judging.values import Mismatch
from bpkit.reference.trees import Array

_DIRECTIONS = 2
_STEPS = (1e-5, 1e-4, 1e-6)  # the first one mostly serves; against rounding the next, at kinks the last
_RTOL = 1e-7  # of the scale: the size of what adds up to the slope
_SAFETY = 8.0  # times the error bar
_WEAK = 1e-3  # an estimate no better than this share of the scale judges nothing
_SHARE = 1e-3  # an input that carries less of the slope gets a direction of its own
_CLEAR = 8.0  # times the tolerance: so clear a miss counts even where the estimate is weak
_MOVES = 3
_MAX_ELEMENTS = 64
_EPS = float(np.finfo(np.float64).eps)

Point = Mapping[str, Array]


class Subject(Protocol):
    """The student's pair, with everything but the differentiable inputs held fixed."""

    def forwards(self, points: Sequence[Point]) -> list[tuple[Array, ...] | None]:
        """Return the outputs at each of these points, None where there are none, and keep the last one's cache."""

    def backward(self, upstream: tuple[Array, ...]) -> Mapping[str, Array] | None:
        """Return the gradients for the last forward that `hold` kept, by input; None where there are none."""

    def hold(self) -> None:
        """Keep the cache of the last forward for the backwards to come."""


class Witness(NamedTuple):
    """What finite differences say.

    agrees: None where they cannot tell.
    at_inputs: they looked at the recorded inputs themselves, and saw no kink there.
    off: where they disagree, by how much, over the size of what adds up to the slope.
    slight: they disagree by so little that a forward which is right to the reference's tolerance may hide it.
    wrong: the inputs whose gradient is not the derivative, with the elements where that is known; only where asked.
    """

    agrees: bool | None
    at_inputs: bool = True
    off: float = 0.0
    slight: bool = False
    wrong: Mapping[str, Mismatch | None] | None = None


class _Slope(NamedTuple):
    h: float
    low: float
    high: float
    truncation: float
    curvature: float
    noise: float
    kinks: int

    @property
    def error(self) -> float:
        return self.high - self.low + self.truncation + self.curvature + self.noise


def check(subject: Subject, point: Point, rng: np.random.Generator, *, explain: bool) -> Witness:
    """Compare backward and forward at this point, or near it where it sits on a kink.

    explain: find out which gradients are wrong, and where; that takes two forwards for each element.
    """
    with np.errstate(all="ignore"):  # enormous gradients overflow on the way; the answer is then None
        for attempt in range(_MOVES + 1):
            last = attempt == _MOVES
            look = _look(subject, point, rng, last=last)
            if look.agrees is not None or last:
                wrong = (
                    _explain(subject, point, rng, look.block) if explain and look.agrees is False else None
                )
                at_inputs = attempt == 0 and not look.kinked
                return Witness(look.agrees, at_inputs, look.off, look.slight, wrong)
            point = {name: x + 0.01 * _spread(x) * rng.standard_normal(x.shape) for name, x in point.items()}
    raise AssertionError("the last attempt returns")


class _Look(NamedTuple):
    """What one point shows; where it disagrees, for which inputs together, and by how much of the scale."""

    agrees: bool | None
    kinked: bool = False
    block: tuple[str, ...] = ()
    off: float = 0.0
    slight: bool = False


def _look(subject: Subject, point: Point, rng: np.random.Generator, *, last: bool) -> _Look:
    outputs = subject.forwards([point])[0]
    if outputs is None or not all(np.isfinite(output).all() for output in outputs):
        return _Look(None)
    subject.hold()
    kinked = False
    for _ in range(_DIRECTIONS):
        upstream = tuple(np.asarray(rng.standard_normal(output.shape)) for output in outputs)
        gradients = _gradients(subject, point, upstream)
        if gradients is None:
            return _Look(None, kinked)
        direction = {name: _direction(x, rng) for name, x in point.items()}
        for block in _blocks(gradients, direction):
            along = {name: direction[name] for name in block}
            slope, predicted, scale = _best_slope(subject, point, outputs, upstream, gradients, along)
            if slope is None:
                return _Look(None, kinked)
            kinked = kinked or slope.kinks > 0
            if slope.kinks and not last:
                return _Look(None, kinked=True)
            tolerance = _SAFETY * (slope.truncation + slope.noise) + slope.curvature + _RTOL * scale
            miss = max(slope.low - predicted, predicted - slope.high)
            if tolerance + slope.high - slope.low > _WEAK * scale or scale <= 1e-200:
                if len(block) == len(point):
                    return _Look(None, kinked)
                if miss <= _CLEAR * tolerance or scale <= 1e-200:
                    continue  # this input's own share cannot be seen; the others can
            if miss > tolerance:
                if not _stands(subject, point, outputs, upstream, along, slope, miss):
                    return _Look(None, kinked)
                y, v = _flat(outputs), _flat(upstream)
                hidden = values.RTOL * float(np.abs(y).max(initial=0.0)) * math.sqrt(float(v @ v))
                return _Look(False, kinked, block, miss / scale, slight=miss <= hidden)
    return _Look(agrees=True, kinked=kinked)


def _gradients(subject: Subject, point: Point, upstream: tuple[Array, ...]) -> Mapping[str, Array] | None:
    gradients = subject.backward(upstream)
    if gradients is None or any(
        gradients[name].shape != x.shape or not np.isfinite(gradients[name]).all()
        for name, x in point.items()
    ):
        return None
    return gradients


def _spread(x: Array) -> float:
    std, size = float(x.std()), float(np.abs(x).mean())
    return std if std > 1e-6 * size else size or 1.0  # of equal numbers, std is rounding


def _direction(x: Array, rng: np.random.Generator) -> Array:
    # Neither Gaussian nor +-1: a mistake that hits few elements, or cancels between equal steps, shows.
    size = rng.uniform(-1.0, 1.0, x.shape)
    return np.asarray((size + np.copysign(0.5, size)) * _spread(x))


def _blocks(gradients: Mapping[str, Array], direction: Point) -> list[tuple[str, ...]]:
    """All inputs together, then each alone whose share of the slope is too small to be seen among the others.

    Those that are said to have no share at all go together.
    """
    names = tuple(direction)
    share = {name: float(np.linalg.norm(np.ravel(gradients[name] * direction[name]))) for name in names}
    largest = max(share.values())
    weak = [(name,) for name in names if 0 < share[name] < _SHARE * largest]
    zero = tuple(name for name in names if share[name] == 0)
    if len(names) == 1 or len(zero) == len(names):
        return [names]
    return [names, *weak, *([zero] if zero else [])]


def _best_slope(
    subject: Subject,
    point: Point,
    outputs: tuple[Array, ...],
    upstream: tuple[Array, ...],
    gradients: Mapping[str, Array],
    direction: Point,
) -> tuple[_Slope | None, float, float]:
    """Return the slope with the smallest error bar, what the backward predicts for it, and the scale of both."""
    best: tuple[_Slope | None, float, float] = (None, 0.0, 0.0)
    smallest = math.inf
    y, v = _flat(outputs), _flat(upstream)
    for h in _STEPS:
        points, exact = _around(subject, point, direction, h, y.size)
        slope = _estimate(y, points, v, h) if points else None
        if slope is None:
            continue
        terms = [np.ravel(gradients[name] * step) for name, step in exact.items()]
        predicted = float(sum(term.sum() for term in terms))
        size = math.sqrt(sum(float(term @ term) for term in terms))
        scale = max(size, abs(slope.low), abs(slope.high), 1e-300)
        if slope.error / scale < smallest:
            smallest, best = slope.error / scale, (slope, predicted, scale)
        error = slope.truncation + slope.curvature + 4 * slope.noise
        if (slope.kinks == 0 and error <= _RTOL * scale) or slope.low == slope.high == predicted == 0:
            break
    return best


def _stands(
    subject: Subject,
    point: Point,
    outputs: tuple[Array, ...],
    upstream: tuple[Array, ...],
    direction: Point,
    slope: _Slope,
    miss: float,
) -> bool:
    """Tell whether a disagreement is more than rounding on the way to the outputs.

    Such rounding goes by the largest number on the way, so that the outputs do not show it: log(1 + 1e-12) knows
    four digits. Chance may make it look like a slope, but not like the same slope at each step length.
    """
    y, v = _flat(outputs), _flat(upstream)
    if slope.low == slope.high == 0:
        sizes = (float(np.abs(x).max(initial=1.0)) for x in (y, *point.values()))
        if miss * slope.h <= 64 * _EPS * max(sizes) * math.sqrt(float(v @ v)):
            return False
    for h in _STEPS:
        points, _ = _around(subject, point, direction, h, y.size)
        other = _estimate(y, points, v, h) if points else None
        if other is not None:
            apart = abs(other.low + other.high - slope.low - slope.high) / 2
            if apart > miss / 2 + other.truncation + 4 * other.noise:
                return False
    return True


def _around(
    subject: Subject, point: Point, direction: Point, h: float, size: int
) -> tuple[list[Array], dict[str, Array]]:
    """Return the outputs at x + hu, x - hu, x + hu/2, x - hu/2, and the u that was really taken."""
    steps = {}
    for name, u in direction.items():
        step = 0.5 * h * u
        grid = 4 * np.spacing(np.maximum(np.abs(point[name]), np.abs(step)))
        steps[name] = np.round(step / grid) * grid
    found: list[Array] = []
    points = [
        {**point, **{name: point[name] + times * step for name, step in steps.items()}}
        for times in (2, -2, 1, -1)
    ]
    for outputs in subject.forwards(points):
        flat = None if outputs is None else _flat(outputs)
        if flat is None or flat.size != size:
            return [], {}
        found.append(flat)
    return found, {name: step * (2 / h) for name, step in steps.items()}


def _estimate(y: Array, points: list[Array], v: Array, h: float) -> _Slope | None:
    """Return an interval for the slope of v . y, with what truncation, curvature and rounding may add."""
    if not all(np.isfinite(values).all() for values in points):
        return None
    plus, minus, half_plus, half_minus = points
    coarse = (plus - minus) / (2 * h)
    fine = (half_plus - half_minus) / h
    truncation = (fine - coarse) / 3
    slope = fine + truncation
    # Smooth: h^3 y'''' / 16, next to nothing. A kink at x: the jump of the slope.
    jump = np.abs((plus + minus) - 4 * (half_plus + half_minus) + 6 * y) / h
    noise = _EPS * np.maximum(np.abs(y), np.maximum(np.abs(plus), np.abs(minus))) / h
    level = math.sqrt(float((slope * slope).mean())) + 1e-300
    kink = (jump > 64 * noise) & (jump > 1e-5 * np.maximum(np.abs(slope), level))
    weight, terms, smooth = np.abs(v), v * slope, ~kink
    low = high = terms
    if kink.any():
        ahead = v * (4 * (half_plus - y) / h - (plus - y) / h)
        behind = v * (4 * (y - half_minus) / h - (y - minus) / h)
        low = np.where(kink, np.minimum(np.minimum(ahead, behind), terms), terms)
        high = np.where(kink, np.maximum(np.maximum(ahead, behind), terms), terms)
    return _Slope(
        h=h,
        low=float(low.sum()),
        high=float(high.sum()),
        truncation=float((weight * np.abs(truncation))[smooth].sum()),
        curvature=float((weight * jump)[smooth].sum()),
        noise=math.sqrt(float(((weight * noise) ** 2).sum())),
        kinks=int(kink.sum()),
    )


def _flat(arrays: tuple[Array, ...]) -> Array:
    return np.concatenate([np.ravel(array) for array in arrays])


def _explain(
    subject: Subject, point: Point, rng: np.random.Generator, suspects: tuple[str, ...]
) -> dict[str, Mismatch | None]:
    """After a disagreement only: which inputs' gradients are wrong, and where in them."""
    outputs = subject.forwards([point])[0]
    if outputs is None:
        return dict.fromkeys(suspects)
    subject.hold()
    upstream = tuple(np.asarray(rng.standard_normal(output.shape)) for output in outputs)
    gradients = _gradients(subject, point, upstream)
    if gradients is None:
        return dict.fromkeys(suspects)
    wrong: dict[str, Mismatch | None] = {}
    for name in suspects:
        if point[name].size <= _MAX_ELEMENTS:
            numerical = _element_by_element(subject, point, name, upstream)
            if numerical is not None:
                mismatch = values.compare(gradients[name], numerical, values.scale_of(upstream), rtol=1e-5)
                if mismatch is not None:
                    wrong[name] = mismatch
                continue
        slope, predicted, scale = _best_slope(
            subject, point, outputs, upstream, gradients, {name: _direction(point[name], rng)}
        )
        if slope is None or abs(predicted - (slope.low + slope.high) / 2) > 1e-5 * scale:
            wrong[name] = None
    return wrong or dict.fromkeys(suspects)


def _element_by_element(
    subject: Subject, point: Point, name: str, upstream: tuple[Array, ...]
) -> Array | None:
    """Return the numerical gradient of one input by central differences."""
    x, numerical = point[name], np.zeros(point[name].shape)
    h = 1e-5 * _spread(x)
    for index in np.ndindex(x.shape):
        points = []
        for step in (h, -h):
            moved = np.array(x)
            moved[index] += step
            points.append({**point, name: moved})
        ends = []
        for outputs in subject.forwards(points):
            if outputs is None:
                return None
            ends.append(sum(float((v * y).sum()) for v, y in zip(upstream, outputs, strict=True)))
        numerical[index] = (ends[0] - ends[1]) / (2 * h)
    return numerical
