"""The course's exercises as pairs: the solutions, and the known mistakes that change only the backward."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from bpkit.authoring.mutants import mutants
from bpkit.course import catalog, resources
from bpkit.course.spec import Case, Exercise, Seed
from bpkit.judging import values
from bpkit.judging.gradient import Point
from bpkit.reference import inputs, trees
from bpkit.reference.pack import Recording, open_file
from gradients.checkers import Gradients, Outputs, Pair

Functions = Mapping[str, Any]


class Mistake(NamedTuple):
    """A known mistake, with the solution that it spoils.

    cases: those at which the kit itself uses finite differences.
    """

    name: str
    exercise: Exercise
    right: Functions
    wrong: Functions
    cases: tuple[Case, ...]


def backward_mistakes() -> tuple[list[Mistake], int]:
    """Return the mistakes whose forward is right and whose gradients are not, and how many others there are."""
    root = resources.clone()
    assert root is not None, "a bench runs from a clone"
    pack = open_file(resources.pack())
    found, others = [], 0
    for exercise in map(catalog.find, catalog.ids()):
        if (
            not exercise.gradients_of or exercise.also or exercise.upstream_of
        ):  # one pair, and a gradient for each output
            continue
        text = (root / "solutions" / f"{exercise.id}.py").read_text(encoding="utf-8")
        recordings = pack.load(exercise)
        right = _functions(text)
        cases = tuple(case for case in exercise.cases if case.finite_differences)
        for mistake, source in mutants(text, exercise.id).items():
            wrong = _functions(source)
            if _only_backward(exercise, recordings, right, wrong):
                found.append(Mistake(f"{exercise.id}, {mistake}", exercise, right, wrong, cases))
            else:
                others += 1
    return found, others


def _functions(source: str) -> Functions:
    namespace: dict[str, Any] = {"__name__": "solution"}
    exec(source, namespace)  # noqa: S102 - the course's own solutions
    return namespace


def _only_backward(
    exercise: Exercise, recordings: tuple[Recording, ...], right: Functions, wrong: Functions
) -> bool:
    """Tell whether all recorded inputs give the right outputs and some a gradient that is not right."""
    differs = False
    for recording in recordings:
        point = point_of(exercise, recording.inputs)
        outputs, gradients = _run(exercise, recording, right, point)
        other_outputs, other_gradients = _run(exercise, recording, wrong, point)
        scale = values.floor_scale(recording.inputs, recording.upstream)
        if not _same(outputs, other_outputs, scale):
            return False
        differs = differs or not _same(gradients, other_gradients, scale)
    return differs


def _run(
    exercise: Exercise, recording: Recording, functions: Functions, point: Point
) -> tuple[Gradients | None, Gradients | None]:
    """Return outputs and gradients; None for either where it fails."""
    pair = pair_of(exercise, recording.inputs, functions)
    with np.errstate(all="ignore"):
        try:
            outputs, cache = pair.run_forward(point)
        except (TypeError, ValueError, IndexError):
            return None, None
        upstream = tuple(np.asarray(up) for up in recording.upstream)
        return {str(index): output for index, output in enumerate(outputs)}, pair.run_backward(
            upstream, cache
        )


def _same(expected: Gradients | None, got: Gradients | None, scale: float) -> bool:
    if expected is None or got is None:
        return False
    return all(values.same(got[name], array, scale) for name, array in expected.items())


def point_of(exercise: Exercise, given: Mapping[str, Any]) -> Point:
    """Return the inputs that have a gradient, by leaf: `params[0][1]`."""
    return {
        leaf: array
        for name in exercise.gradients_of
        for leaf, array in trees.arrays(given[name], name).items()
    }


def pair_of(exercise: Exercise, given: Mapping[str, Any], functions: Functions) -> Pair:
    """Return an exercise's pair with everything else as given."""
    forward, backward = (functions[part.function] for part in exercise.parts)

    def run_forward(point: Point) -> tuple[Outputs, Any]:
        change = {name: inputs.plain(array) for name, array in point.items()}
        arguments = (trees.replace(tree, name, change) for name, tree in given.items())
        returned, cache = forward(*(_fresh(argument) for argument in arguments))
        outputs = returned if len(exercise.returns) > 1 else (returned,)
        return tuple(np.asarray(output, np.float64) for output in outputs), cache

    def run_backward(upstream: Outputs, cache: Any) -> Gradients | None:
        ups = tuple(inputs.plain(up) for up in upstream)
        try:
            returned = backward(ups[0] if len(ups) == 1 else ups, cache)
            trees_ = returned if len(exercise.gradients_of) > 1 else (returned,)
            return {
                leaf: np.asarray(array, np.float64)
                for name, tree in zip(exercise.gradients_of, trees_, strict=True)
                for leaf, array in trees.leaves(tree, name)
            }
        except (TypeError, ValueError, IndexError):
            return None  # a mistake that fails, or returns something else than gradients, needs no check

    return Pair(run_forward, run_backward)


def _fresh(argument: Any) -> Any:
    return np.random.default_rng(argument.value) if isinstance(argument, Seed) else argument
