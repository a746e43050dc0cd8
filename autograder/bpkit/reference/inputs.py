"""Draws a case's inputs. The same seed, exercise and case give the same numbers."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from bpkit.course.spec import Bernoulli, Case, Exercise, Given, Integers, Normal, Uniform
from bpkit.reference import trees

_DRAWN = (Normal, Uniform, Integers, Bernoulli, Given)


def layout(case: Case) -> dict[str, Any]:
    """Return the case's inputs with every shape spelled out as `Normal`."""
    return {name: _spell_out(value) for name, value in case.inputs.items()}


def _spell_out(value: Any) -> Any:
    if type(value) is tuple and all(type(size) is int for size in value):
        return Normal(value)
    if type(value) in (list, tuple):
        return type(value)(_spell_out(item) for item in value)
    if type(value) is dict:
        return {key: _spell_out(item) for key, item in value.items()}
    return value


def is_drawn(leaf: Any) -> bool:
    """Tell whether a leaf of the layout is an array of the pack, and not a plain number, a flag or a seed."""
    return isinstance(leaf, _DRAWN)


def generator(exercise: Exercise, index: int, seed: int) -> np.random.Generator:
    """Return the generator of one case: inputs first, then upstream gradients."""
    return np.random.default_rng([seed, zlib.crc32(exercise.id.encode()), index])


def draw(case: Case, rng: np.random.Generator) -> dict[str, Any]:
    """Return the inputs by name, in order. A drawn scalar is a Python float."""

    def one(leaf: Any) -> Any:
        value: Any
        match leaf:
            case Normal(shape, mean, std):
                value = mean + std * rng.standard_normal(shape)
            case Uniform(shape, low, high):
                value = rng.uniform(low, high, shape)
            case Integers(shape, below):
                value = rng.integers(0, below, shape)
            case Bernoulli(shape):
                value = rng.integers(0, 2, shape).astype(np.float64)
            case Given(values):
                value = np.array(values)
            case _:
                return leaf
        return plain(np.asarray(value))

    return {name: trees.transform(one, leaf) for name, leaf in layout(case).items()}


def draw_upstream(shape: tuple[int, ...], rng: np.random.Generator, index: int) -> Any:
    """Return an upstream gradient: normal numbers, never ones.

    A scalar is away from 0 and 1, and its sign goes by the case's index, so that two cases never share it: an
    absolute value would look like a wrong sign.
    """
    if shape == ():
        return float(rng.uniform(1.25, 2.0) * (-1.0) ** index)
    return rng.standard_normal(shape)


def plain(value: trees.Array) -> Any:
    """Return a 0-d array as a Python number: that is how a scalar is passed to a student's function."""
    return value.item() if value.ndim == 0 else value
