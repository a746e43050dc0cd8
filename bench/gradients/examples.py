"""The operations as a table: functions, how inputs are drawn, at which sizes, and where kinks are planted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bpkit.authoring.mutants import mutants
from bpkit.reference.trees import Array
from gradients import kinks, operations

Generator = np.random.Generator
Forward = Callable[..., tuple[Any, Any]]
Backward = Callable[[Any, Any], dict[str, Array]]


class Example(NamedTuple):
    """Inputs of an operation: those with a gradient, and what is held fixed."""

    point: dict[str, Array]
    fixed: Mapping[str, Any]


class Operation(NamedTuple):
    """An operation, and where its examples come from.

    draw: takes a generator and the sizes.
    small: for each size, the least and the largest.
    large: sizes as in a course's homework; none where the operation is not timed.
    plant: puts the inputs on kinks and ties, in place.
    """

    name: str
    forward: Forward
    backward: Backward
    draw: Callable[..., Example]
    small: tuple[tuple[int, int], ...]
    plant: Callable[[Example, Generator], None]
    large: tuple[int, ...] = ()

    def example(self, rng: Generator, *, planted: bool = False) -> Example:
        """Return a small example: the data small or large numbers, the last input at times one number throughout."""
        example = self.draw(rng, *(int(rng.integers(low, high + 1)) for low, high in self.small))
        names = list(example.point)
        example.point[names[0]] *= 10 ** rng.uniform(-1, 1)
        if rng.integers(10) == 0:
            example.point[names[-1]][...] = 0.1
        if planted:
            self.plant(example, rng)
        return example


def _zeros_and_ties(example: Example, rng: Generator) -> None:
    """Set a third of every input to exactly 0 and make a third the same as the neighbour."""
    for x in example.point.values():
        what = rng.integers(0, 3, x.shape)
        x[what == 0] = 0.0
        x[...] = np.where(what == 1, np.roll(x, 1, axis=-1), x)


def _hidden_zeros(example: Example, rng: Generator) -> None:
    """Make an example of zeros, so that the hidden sums are exactly 0, and two classes that are equal."""
    point = example.point
    point["x"][rng.integers(len(point["x"]))] = 0.0
    point["b1"][...] = 0.0
    point["W2"][:, 0] = point["W2"][:, -1]


def _equal_rows(example: Example, rng: Generator) -> None:
    """Let a row of the first input be one number throughout, and another be the same as it."""
    x = next(iter(example.point.values()))
    x[rng.integers(len(x))] = rng.choice([0.0, 1.0])
    x[rng.integers(len(x))] = x[rng.integers(len(x))]


def _at_the_ends(example: Example, rng: Generator) -> None:
    """Put half of the entries where the clip begins."""
    x = example.point["x"]
    x[rng.integers(0, 2, x.shape) == 0] = rng.choice([-1.0, 1.0])


def _apart(*distances: float) -> Callable[[Example, Generator], None]:
    """Make half of the entries of the two inputs differ by exactly one of these."""

    def plant(example: Example, rng: Generator) -> None:
        x, z = example.point.values()
        half = rng.integers(0, 2, x.shape) == 0
        x[half] = np.round(x[half])  # so that the difference is exact
        z[half] = x[half] + rng.choice(distances)

    return plant


def _margins_of_zero(example: Example, rng: Generator) -> None:
    """Put half of the other scores exactly 1 below the right one, where the hinge is."""
    scores, target = example.point["scores"], example.fixed["target"]
    scores[...] = np.round(scores)
    right = np.broadcast_to(scores[np.arange(len(scores)), target][:, None], scores.shape)
    other = np.arange(scores.shape[1]) != target[:, None]
    at_hinge = other & (rng.integers(0, 2, scores.shape) == 0)
    scores[at_hinge] = right[at_hinge] - 1


def _normal(**shapes: Callable[..., tuple[int, ...]]) -> Callable[..., Example]:
    """Draw normal numbers of shapes that follow from the sizes; weights are W…, with their usual spread."""

    def draw(rng: Generator, *sizes: int) -> Example:
        point = {}
        for name, shape_of in shapes.items():
            shape = shape_of(*sizes)
            spread = np.prod(shape[-2:-1]) ** -0.5 if name.startswith("W") else 1.0
            point[name] = np.asarray(rng.standard_normal(shape) * spread)
        return Example(point, {})

    return draw


def _with_classes(draw: Callable[..., Example]) -> Callable[..., Example]:
    """Add a class for each row: the number of rows comes first among the sizes, that of classes last."""

    def both(rng: Generator, *sizes: int) -> Example:
        example = draw(rng, *sizes)
        return example._replace(fixed={"target": rng.integers(0, sizes[-1], sizes[0])})

    return both


def _of_heads(draw: Callable[..., Example]) -> Callable[..., Example]:
    """Hold the number of heads fixed, which comes last among the sizes."""
    return lambda rng, *sizes: draw(rng, *sizes)._replace(fixed={"heads": sizes[-1]})


def _huge(draw: Callable[..., Example]) -> Callable[..., Example]:
    """Spread the first input over hundreds, where exp overflows or gives 0."""

    def larger(rng: Generator, *sizes: int) -> Example:
        example = draw(rng, *sizes)
        x = next(iter(example.point.values()))
        x *= 10 ** rng.uniform(0, 3)
        return example

    return larger


_ROWS = ((1, 6), (1, 6))
_one = _normal(x=lambda n, d: (n, d))
_two = _normal(x=lambda n, d: (n, d), z=lambda n, d: (n, d))
_scores = _with_classes(_normal(scores=lambda n, c: (n, c)))
_logits = _with_classes(_normal(logits=lambda n, c: (n, c)))
_norm = _normal(x=lambda n, d: (n, d), gain=lambda _, d: (d,), shift=lambda _, d: (d,))
_square = lambda _n, _t, d, heads: (d * heads, d * heads)

SEVEN = (
    Operation(
        "linear", operations.linear_forward, operations.linear_backward,
        _normal(x=lambda n, d, _: (n, d), W=lambda _, d, m: (d, m), b=lambda _n, _d, m: (m,)),
        ((1, 6), (1, 6), (1, 6)), _zeros_and_ties, (32, 64, 48),
    ),
    Operation(
        "classifier", operations.classifier_forward, operations.classifier_backward,
        _with_classes(_normal(
            x=lambda n, d, _h, _c: (n, d), W1=lambda _n, d, h, _c: (d, h), b1=lambda _n, _d, h, _c: (h,),
            W2=lambda _n, _d, h, c: (h, c), b2=lambda _n, _d, _h, c: (c,),
        )),
        ((1, 6), (1, 5), (1, 8), (2, 5)), _hidden_zeros, (32, 30, 50, 10),
    ),
    Operation(
        "convolution", operations.convolution_forward, operations.convolution_backward,
        _normal(
            x=lambda n, c, s, _f: (n, c, s, s), w=lambda _n, c, _s, f: (f, c, 3, 3),
            b=lambda _n, _c, _s, f: (f,),
        ),
        ((1, 3), (1, 3), (1, 5), (1, 3)), _zeros_and_ties, (4, 3, 12, 8),
    ),
    Operation(
        "layernorm", operations.layer_norm_forward, operations.layer_norm_backward, _norm,
        ((1, 6), (2, 8)), _equal_rows, (32, 64),
    ),
    Operation(
        "batchnorm", operations.batch_norm_forward, operations.batch_norm_backward, _norm,
        ((2, 8), (1, 6)), _equal_rows, (32, 64),
    ),
    Operation(
        "attention", operations.attention_forward, operations.attention_backward,
        _of_heads(_normal(
            x=lambda n, t, d, heads: (n, t, d * heads), Wq=_square, Wk=_square, Wv=_square, Wo=_square,
        )),
        ((1, 3), (1, 5), (1, 4), (1, 3)), _equal_rows, (2, 12, 8, 4),
    ),
    Operation(
        "lstm", operations.lstm_forward, operations.lstm_backward,
        _normal(
            x=lambda n, d, _: (n, d), h=lambda n, _, h: (n, h), c=lambda n, _, h: (n, h),
            Wx=lambda _n, d, h: (d, 4 * h), Wh=lambda _n, _d, h: (h, 4 * h), b=lambda _n, _d, h: (4 * h,),
        ),
        ((1, 5), (1, 5), (1, 5)), _zeros_and_ties, (8, 16, 32),
    ),
)  # fmt: skip

KINKED = (
    Operation("relu", kinks.relu_forward, kinks.relu_backward, _one, _ROWS, _zeros_and_ties),
    Operation("relu, slope 1 at 0", kinks.relu_forward, kinks.relu_one_backward, _one, _ROWS, _zeros_and_ties),
    Operation("leaky relu", kinks.leaky_forward, kinks.leaky_backward, _one, _ROWS, _zeros_and_ties),
    Operation(
        "prelu", kinks.prelu_forward, kinks.prelu_backward,
        _normal(x=lambda n, c: (n, c), slope=lambda _, c: (c,)), _ROWS, _zeros_and_ties,
    ),
    Operation("absolute value", kinks.absolute_forward, kinks.absolute_backward, _one, _ROWS, _zeros_and_ties),
    Operation("clip", kinks.clip_forward, kinks.clip_backward, _one, _ROWS, _at_the_ends),
    Operation("larger of two", kinks.larger_forward, kinks.larger_backward, _two, _ROWS, _apart(0.0)),
    Operation(
        "row maximum", kinks.row_maximum_forward, kinks.row_maximum_backward, _one, _ROWS, _zeros_and_ties,
    ),
    Operation(
        "row maximum, shared", kinks.row_maximum_forward, kinks.row_maximum_shared_backward, _one, _ROWS,
        _zeros_and_ties,
    ),
    Operation(
        "max pooling", kinks.pooling_forward, kinks.pooling_backward,
        _normal(x=lambda n, c, h, w: (n, c, h, w)), ((1, 3), (1, 3), (2, 6), (2, 6)), _zeros_and_ties,
    ),
    Operation("hinge loss", kinks.hinge_forward, kinks.hinge_backward, _scores, ((1, 6), (2, 6)), _margins_of_zero),
    Operation("L1 loss", kinks.l1_forward, kinks.l1_backward, _two, _ROWS, _apart(0.0)),
    Operation("huber loss", kinks.huber_forward, kinks.huber_backward, _two, _ROWS, _apart(-1.0, 0.0, 1.0)),
    Operation(
        "huge cross entropy", kinks.cross_entropy_forward, kinks.cross_entropy_backward, _huge(_logits),
        ((1, 6), (2, 6)), _zeros_and_ties,
    ),
    Operation(
        "huge softmax", kinks.softmax_forward, kinks.softmax_backward, _huge(_one), ((1, 6), (2, 6)),
        _zeros_and_ties,
    ),
    Operation("huge sigmoid", kinks.sigmoid_forward, kinks.sigmoid_backward, _huge(_one), _ROWS, _zeros_and_ties),
    Operation("row length", kinks.row_length_forward, kinks.row_length_backward, _one, _ROWS, _equal_rows),
)  # fmt: skip


class Wrong(NamedTuple):
    """An operation with a wrong backward."""

    mistake: str
    right: Operation
    backward: Backward


def wrong_variants() -> list[Wrong]:
    """Return the mistakes of `operations.py`, then those that any backward can have."""
    source = Path(operations.__file__).read_text(encoding="utf-8")
    found = []
    for mistake, text in mutants(source, "bench/gradients/operations.py").items():
        namespace: dict[str, Any] = {"__name__": mistake}
        exec(text, namespace)  # noqa: S102 - our own source, one line replaced
        operation = next(one for one in SEVEN if one.name == mistake.partition("-")[0])
        found.append(Wrong(mistake, operation, namespace[operation.backward.__name__]))
    for operation in SEVEN:
        name = list(operation.draw(np.random.default_rng(0), *operation.large).point)
        for input_name in (name[0], name[-1]):
            for slip, change in _SLIPS.items():
                found.append(
                    Wrong(
                        f"{operation.name}-{slip} in d{input_name}",
                        operation,
                        _slipped(operation.backward, input_name, change),
                    )
                )
    return found


def _slipped(backward: Backward, name: str, change: Callable[[Array], None]) -> Backward:
    def wrong(upstream: Any, cache: Any) -> dict[str, Array]:
        gradients = {key: np.array(array) for key, array in backward(upstream, cache).items()}
        change(gradients[name])
        return gradients

    return wrong


def _last_element(gradient: Array) -> None:
    gradient.flat[-1] += 0.01 * np.abs(gradient).max()


def _last_row(gradient: Array) -> None:
    gradient[-1] = 0.0


def _factor(gradient: Array) -> None:
    gradient *= 1 + 1e-4


def _sign(gradient: Array) -> None:
    gradient *= -1


_SLIPS = {
    "factor of 1.0001": _factor,
    "last element off by 1 %": _last_element,
    "last row lost": _last_row,
    "sign": _sign,
}
