"""An exercise as frozen values. A spec file fills in one `Exercise`, and reads like a row of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from bpkit.worker.wire import Opaque

_MAX_TEXT = 200

Shape = tuple[int, ...]


class Normal(NamedTuple):
    """An array of independent normal numbers, `mean + std * N(0, 1)`."""

    shape: Shape
    mean: float = 0.0
    std: float = 1.0


class Uniform(NamedTuple):
    """An array of independent numbers from [low, high)."""

    shape: Shape
    low: float = 0.0
    high: float = 1.0


class Integers(NamedTuple):
    """An int64 array of independent whole numbers 0 … below - 1, such as class ids."""

    shape: Shape
    below: int


class Bernoulli(NamedTuple):
    """A float64 array of independent zeros and ones, as likely as each other, such as binary labels."""

    shape: Shape


class Given(NamedTuple):
    """An array of just these numbers (nested tuples), for kinks, ties and extremes."""

    values: Any


class Seed(NamedTuple):
    """The `rng` argument: `numpy.random.default_rng(value)`, made afresh for every call."""

    value: int


class Case:
    """One set of inputs, in the order of the function's arguments.

    An input is a shape such as `(5, 3)` (normal numbers), `Uniform`, `Integers`, `Bernoulli`, `Given` or
    `Seed`; a list, a tuple or a dictionary of these, for `params`; or a Python number, flag or text, passed as it
    is. A trailing argument that is left out tests its default value.

    compare: False where the output is random, so that there is nothing recorded to compare with.
    finite_differences: False where the function cannot be differentiated at these inputs or is held there.
    """

    __slots__ = ("compare", "finite_differences", "inputs", "name")
    name: str
    inputs: Mapping[str, Any]
    compare: bool
    finite_differences: bool

    def __init__(
        self, name: str, /, *, compare: bool = True, finite_differences: bool = True, **inputs: Any
    ) -> None:
        set_once = object.__setattr__
        set_once(self, "name", name)
        set_once(self, "inputs", MappingProxyType(inputs))
        set_once(self, "compare", compare)
        set_once(self, "finite_differences", finite_differences)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Case is frozen: {name} cannot be set")

    def __repr__(self) -> str:
        inputs = "".join(f", {name}={value!r}" for name, value in self.inputs.items())
        return f"Case({self.name!r}, {self.compare}, {self.finite_differences}{inputs})"


class Problem(NamedTuple):
    """What a property check found: words for the student, and the known mistake where it is one."""

    part: str
    message: str
    array: str | None = None
    mistake: str | None = None


class Call(Protocol):
    """Calls one of the student's functions in the worker.

    Arguments are arrays, numbers, `Seed`s and caches; what comes back are plain arrays and numbers. A forward
    gives `(out, cache)`, whose cache can only be handed to another call.
    """

    def __call__(self, function: str, *arguments: Any) -> Any:
        """Call `function` with these arguments."""


Property = Callable[[Call], Problem | None]


class Part(NamedTuple):
    """One function to fill in, with what it is worth."""

    function: str
    kind: str  # "forward", "backward" or "step" (a function that stands alone)
    points: int
    returns: tuple[str, ...]


class Explanation(NamedTuple):
    """What `bpkit explain` tells who has solved it.

    why: why the gradients are what they are, in words and formulas. another: all functions of the exercise, written in
    another idiomatic way. pytorch: what PyTorch does.
    """

    why: str
    another: str
    pytorch: str


class Exercise(NamedTuple):
    """One exercise: cases, reference, points, hints and the mistakes that people make.

    position: its place in the chapter; gaps leave room.
    reference: `reference(torch, *inputs)` gives what PyTorch gives, inputs being float64 tensors, with a
        gradient where `gradients_of` names them; numbers, flags and `Seed`s come as they are.
    gradients_of: the inputs that have a gradient. Naming one makes this a pair `X_forward`, `X_backward`.
    returns: names of what the forward or the function returns.
    flags: those of them that are True or False, and numbers only because `through` has made numbers of them.
    upstream_of: the outputs whose gradient the backward is given, where it is not all of them.
    gradient_names: what the backward returns, where it is not "d" + input.
    function: the one function's name, where there is no pair; of a pair, what stands before `_forward`, where it is not
        the exercise's name.
    weights: how the points are shared among the parts; (1, 2) for a pair unless told.
    properties: checks of what no reference can give, such as a random mask.
    blocks: returned array → names of the blocks that it consists of, along its last axis, such as an LSTM's gates.
    mistakes: known mistake → what to say about it. The code stands in the solution's MISTAKE lines.
    seconds: the deadline of one call.
    harness: Python source of functions that run in the worker beside the student's, for what cannot be sent there, such
        as a function as an argument. The first argument of each is `student`, the student's module. Properties may
        call them by name. They share their process with the student's code: what they return is believed no more.
    through: which of them the cases call, with their inputs, in the function's place.
    also: more functions, or pairs, of the same file, each with its own points, cases and reference. Hints, mistakes,
        explanation and deadline are the first one's.
    explanation: for who has solved it.
    needs: ids of exercises whose functions a solution may import, such as `from layers.linear import linear_forward`.
    """

    title: str
    position: int
    points: int
    cases: tuple[Case, ...]
    reference: Callable[..., Any]
    hints: tuple[str, str, str]
    mistakes: Mapping[str, str]
    gradients_of: tuple[str, ...] = ()
    returns: tuple[str, ...] = ("y",)
    flags: tuple[str, ...] = ()
    upstream_of: tuple[str, ...] = ()
    gradient_names: tuple[str, ...] = ()
    function: str = ""
    weights: tuple[int, ...] = ()
    properties: tuple[Property, ...] = ()
    blocks: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    seconds: float = 5.0
    harness: str = ""
    through: str = ""
    also: tuple[Exercise, ...] = ()
    explanation: Explanation | None = None
    needs: tuple[str, ...] = ()
    id: str = ""  # the catalog fills it in: the id is the path

    @property
    def chapter(self) -> str:
        """The first half of the id."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The second half of the id."""
        return self.id.partition("/")[2]

    @property
    def units(self) -> tuple[Exercise, ...]:
        """The functions and pairs that are judged each with its own cases: itself, and `also`."""
        first = self.points - sum(unit.points for unit in self.also)
        others = (
            unit._replace(id=self.id, mistakes=self.mistakes, seconds=self.seconds, harness=self.harness)
            for unit in self.also
        )
        return (self._replace(points=first, also=()), *others) if self.also else (self,)

    def unit_of(self, function: str) -> Exercise:
        """Return the unit that a function belongs to."""
        return next(unit for unit in self.units if any(part.function == function for part in unit.parts))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The functions to fill in, in order."""
        if self.also:
            return tuple(part for unit in self.units for part in unit.parts)
        name = self.function or self.name
        if not self.gradients_of:
            return (Part(name, "step", self.points, self.returns),)
        forward, backward = self.weights or (1, 2)
        first = self.points * forward // (forward + backward)  # whole points, and together they are all
        gradients = self.gradient_names or tuple("d" + name for name in self.gradients_of)
        return (
            Part(f"{name}_forward", "forward", first, self.returns),
            Part(f"{name}_backward", "backward", self.points - first, gradients),
        )

    @property
    def upstream(self) -> tuple[str, ...]:
        """Names of the gradients that the backward is given."""
        return tuple("d" + name for name in self.upstream_of or self.returns)


class Question(NamedTuple):
    """What a chapter asks in words, and a person grades. text: Markdown."""

    text: str
    points: int


class Chapter(NamedTuple):
    """One chapter: its title, its place in the course, and its question for notebooks."""

    title: str
    position: int
    question: Question | None = None


def describe(value: Any) -> str:
    """Say in a few words what a value is that a student's function returned: "None", "one array of shape (3,)"."""
    import numpy as np  # noqa: PLC0415 - specs are read where nothing is judged, too

    match value:
        case None:
            return "None"
        case Opaque():
            return value.description[:_MAX_TEXT]
        case np.ndarray():
            return f"one array of shape {value.shape}"
        case bool():
            return str(value)
        case int() | float():
            return "a single number"
        case list() | tuple():
            return f"a {type(value).__name__} of {len(value)}"
        case dict():
            return (
                f"a dictionary with the keys {', '.join(value)}"[:_MAX_TEXT]
                if value
                else "an empty dictionary"
            )
        case _:
            return f"a {type(value).__name__}"
