"""Exercises of several functions, of functions that take functions, of trees, and of outputs without a gradient."""

import numpy as np
import pytest

from bpkit.course.spec import Case, Exercise, Problem
from bpkit.judging.judge import judge
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Status
from bpkit.reference import torch_reference, trees
from bpkit.reference.pack import Entry, Origin, empty
from bpkit.report import words

HINTS = ("a?", "b.", "c.")
SLOPE = Exercise(
    title="Slope", position=1, points=2, id="t/slope", hints=HINTS, mistakes={},
    function="slope", returns=("grad",),
    harness="""
def slope_of(student, kind, x):
    f = {"cube": lambda v: (v ** 3).sum(), "sine": lambda v: np.sin(v).sum()}[kind]
    return student.slope(f, x)
""",
    through="slope_of",
    cases=(Case("cube", kind="cube", x=(5, 3)), Case("sine", kind="sine", x=(7,))),
    reference=lambda torch, kind, x: 3 * x**2 if kind == "cube" else torch.cos(x),
)  # fmt: skip
SLOPES = """
import numpy as np

def slope(f, x):
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        before = x[place]
        x[place] = before + 1e-5
        high = f(x)
        x[place] = before - 1e-5
        low = f(x)
        x[place] = before
        grad[place] = (high - low) / 2e-5
    return grad
"""


def twice_reference(torch, x):
    """Return twice the input, and its sum, which the backward gets nothing for."""
    del torch
    return 2 * x, x.sum()


TWO = Exercise(
    title="Two", position=1, points=6, id="t/two", hints=HINTS, mistakes={},
    function="double", gradients_of=("x",), returns=("y", "total"), upstream_of=("y",), weights=(1, 1),
    cases=(Case("a matrix", x=(5, 3)),),
    reference=twice_reference,
    also=(
        Exercise(
            title="", position=0, points=2, hints=HINTS, mistakes={}, function="both", returns=("grads",),
            cases=(Case("a dictionary", params={"W": (3, 5), "b": [(7,), (5,)]}),),
            reference=lambda _, params: {"W": -params["W"], "b": [-params["b"][0], -params["b"][1]]},
        ),
    ),
)  # fmt: skip
TWOS = """
import numpy as np

def double_forward(x):
    return (2 * x, x.sum()), None

def double_backward(dy, cache):
    return 2 * dy

def both(params):
    return {"b": tuple(-b for b in params["b"]), "W": -params["W"]}
"""


@pytest.fixture(scope="module")
def recorded():
    """Record both exercises, written to a pack and read again."""
    torch_reference.prepare("cpu")
    found = {}
    for exercise in (SLOPE, TWO):
        recordings = tuple(
            torch_reference.record(unit, index, 3, "cpu")
            for unit in exercise.units
            for index in range(len(unit.cases))
        )
        pack = empty().with_entries(Origin(3, "2", "cpu"), [(exercise, Entry(recordings, ""))], ())
        found[exercise.id] = pack.load(exercise)
    return found


@pytest.fixture
def judged(zygote, recorded):
    """Return what judges a file's text."""

    def run(exercise, text):
        return judge(zygote, Submission({f"{exercise.id}.py": text}), exercise, recorded[exercise.id])

    return run


def test_a_function_that_takes_a_function_is_called_through_the_harness(judged):
    """It earns its points, and one that is wrong is told by its values."""
    assert judged(SLOPE, SLOPES).points == 2
    wrong = judged(SLOPE, SLOPES.replace("2e-5", "1e-5"))
    assert (wrong.points, wrong.parts[0].name) == (0, "slope")
    assert [(found.check, found.array) for found in wrong.parts[0].findings] == [("values", "grad")]


def test_what_is_wrong_with_it_is_said_of_the_students_function(judged):
    """Not written, missing, raising in the student's own line, leaving its argument changed."""
    assert judged(SLOPE, "def slope(f, x):\n    raise NotImplementedError()").status is Status.NOT_STARTED
    missing = judged(SLOPE, "def slop(f, x): pass").parts[0].findings[0]
    assert (missing.check, missing.facts["function"]) == ("name", "slope")
    raised = judged(SLOPE, "def slope(f, x):\n    return f(x) / None").parts[0].findings[0]
    assert [frame["line"] for frame in raised.facts["frames"]] == [2]
    changed = judged(SLOPE, SLOPES.replace("        x[place] = before\n", "")).parts[0].findings
    assert "mutation" in {found.check for found in changed}


def test_each_function_of_several_has_its_own_points(judged):
    """What is wrong with one costs the others nothing."""
    right = judged(TWO, TWOS)
    assert [(part.name, part.points) for part in right.parts] == [
        ("double_forward", 2), ("double_backward", 2), ("both", 2),
    ]  # fmt: skip
    assert right.status is Status.PASSED
    half = judged(TWO, TWOS.replace("-params", "params"))
    assert [part.points for part in half.parts] == [2, 2, 0]
    assert half.parts[2].findings[0].array == 'grads["W"]'
    assert [part.points for part in judged(TWO, TWOS.replace("2 * dy", "3 * dy")).parts] == [2, 0, 2]
    assert [part.points for part in judged(TWO, TWOS.replace("x.sum()", "x.max()")).parts] == [0, 2, 2]


def test_a_dictionary_with_other_keys_is_told_what_they_should_be(judged):
    """By a check of its own."""
    other = judged(TWO, TWOS.replace('"W": -', '"w": -')).parts[2].findings[0]
    assert (other.check, other.facts["wanted"]) == ("tree", "a dictionary with the keys W, b")
    assert "Missing: W. Not asked for: w." in words.message(other, TWO, "both")


def test_a_property_may_call_the_harness(zygote):
    """And passes where it holds, without any case."""

    def increasing(call):
        return None if call("slope_of", "cube", np.ones(3))[0] > 0 else Problem("slope", "It is not.")

    exercise = SLOPE._replace(cases=(), through="", properties=(increasing,))
    text = {f"{exercise.id}.py": SLOPES}
    assert judge(zygote, Submission(text), exercise, ()).points == 2
    text = {f"{exercise.id}.py": SLOPES.replace("high - low", "low - high")}
    assert judge(zygote, Submission(text), exercise, ()).parts[0].findings[0].check == "increasing"


def test_a_harness_that_fails_is_the_functions_failure(zygote):
    """Not started stays not started, told of the function that there is."""

    def holds(call):
        call("slope_of", "cube", np.ones(3))

    exercise = SLOPE._replace(cases=(), through="", properties=(holds,))
    text = {f"{exercise.id}.py": "def slope(f, x):\n    raise NotImplementedError()"}
    [part] = judge(zygote, Submission(text), exercise, ()).parts
    assert (part.name, part.status) == ("slope", Status.NOT_STARTED)


def test_trees_are_taken_apart_and_put_together():
    """Lists for tuples; names tell which."""
    tree = {"W": 1, "b": [2, (3, {"c": 4})]}
    flat = dict(trees.leaves(tree, "p"))
    assert flat == {'p["W"]': 1, 'p["b"][0]': 2, 'p["b"][1][0]': 3, 'p["b"][1][1]["c"]': 4}
    assert trees.assemble(flat, "p") == {"W": 1, "b": [2, [3, {"c": 4}]]}
    assert trees.replace(tree, "p", {'p["b"][1][0]': 5}) == {"W": 1, "b": [2, (5, {"c": 4})]}
    with pytest.raises(KeyError):
        trees.assemble(flat, "q")
