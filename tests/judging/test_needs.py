"""Exercises that use earlier ones: blocked where these do not pass, or judged with stand-ins."""

import pytest

from bpkit.authoring import tree
from bpkit.course import catalog, resources
from bpkit.judging import needs
from bpkit.judging.judge import judge_all
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Status
from bpkit.reference.pack import open_file

NEURON, SUM, SIGMOID = "neuron/neuron", "neuron/weighted_sum", "neuron/sigmoid"
USES = """
from neuron.sigmoid import sigmoid_backward, sigmoid_forward

def neuron_forward(x, w, b):
    a, inner = sigmoid_forward(x @ w + b)
    return a, (x, w, inner)

def neuron_backward(da, cache):
    x, w, inner = cache
    dz = sigmoid_backward(da, inner)
    return dz[:, None] * w, x.T @ dz, dz.sum()
"""


@pytest.fixture(scope="module")
def solution():
    """Return what gives an exercise's solution."""
    return tree.of_clone().solution


@pytest.fixture(scope="module")
def course_pack():
    """Open the course's own pack."""
    return open_file(resources.pack())


@pytest.fixture
def verdict(zygote, course_pack, solution):
    """Judge neuron/neuron with this sigmoid beside it."""

    def run(sigmoid, text=USES, stand_ins=(), only=(NEURON,)):
        files = {f"{NEURON}.py": text, f"{SIGMOID}.py": sigmoid, f"{SUM}.py": solution(SUM)}
        exercises = [catalog.find(exercise_id) for exercise_id in only]
        stand_ins = {other: solution(other) for other in stand_ins}
        return judge_all(zygote, Submission(files), exercises, course_pack, 0, stand_ins).exercises

    return run


def test_with_parts_that_pass_it_is_judged_as_ever(verdict, solution):
    """And passes."""
    assert verdict(solution(SIGMOID))[0].status is Status.PASSED


def test_a_wrong_part_blocks_what_uses_it(verdict, solution):
    """Whether it was asked for or not, and its own verdict stays its own."""
    wrong = solution(SIGMOID).replace("da * ", "2 * da * ")
    assert wrong != solution(SIGMOID)
    for only in ((NEURON,), (SIGMOID, NEURON), (NEURON, SIGMOID)):
        found = {one.id: one for one in verdict(wrong, only=only)}
        backward = found[NEURON].parts[1]
        assert (found[NEURON].status, backward.points) == (Status.BLOCKED, 0)
        assert backward.findings[0].facts == {"exercises": [SIGMOID]}
        assert found[NEURON].parts[0].status is Status.PASSED
        if SIGMOID in found:
            assert found[SIGMOID].status is Status.FAILED


def test_a_wrong_exercise_that_uses_nothing_of_it_is_wrong(verdict, solution):
    """What lies beside it in the workspace is no excuse."""
    own = solution(NEURON)
    wrong = own.replace("x @ w + b", "x @ w - b")
    assert wrong != own
    assert verdict("def sigmoid_forward(z): return z, z", wrong)[0].status is Status.FAILED


def test_what_is_wrong_by_itself_fails_where_its_parts_pass(verdict, solution):
    """The parts are not to blame."""
    assert verdict(solution(SIGMOID), USES.replace("x.T @ dz", "x.T @ da"))[0].status is Status.FAILED


def test_the_solution_stands_in_where_an_instructor_grades(verdict, solution):
    """One gap does not zero the rest, and the report says so; what is wrong by itself still fails."""
    wrong = solution(SIGMOID).replace("da * ", "2 * da * ")
    neuron = verdict(wrong, stand_ins=(SIGMOID,))[0]
    assert (neuron.status, neuron.points) == (Status.PASSED, catalog.find(NEURON).points)
    assert [found.check for found in neuron.parts[0].findings] == ["stand_in"]
    assert verdict(wrong, USES.replace("x.T @ dz", "x.T @ da"), (SIGMOID,))[0].status is Status.FAILED
    own = verdict(wrong, stand_ins=(SIGMOID,), only=(SIGMOID, NEURON))[0]
    assert own.points < catalog.find(SIGMOID).points


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from neuron.sigmoid import sigmoid_forward", [SIGMOID]),
        ("import neuron.weighted_sum as s\nfrom sigmoid import *", [SUM, SIGMOID]),
        ("from neuron import sigmoid", [SIGMOID]),
        ("def f():\n    import sigmoid", [SIGMOID]),
        ("from layers.linear import linear_forward", []),
        ("import numpy", []),
        ("def f(:", []),
        ("\0", []),
    ],
)
def test_what_a_file_uses(text, found):
    """By its imports, wherever they stand; only of what the exercise may use."""
    assert needs.used_by(catalog.find(NEURON), {f"{NEURON}.py": text}) == found


def test_what_is_used_through_another_one():
    """A part of a part counts."""
    files = {f"{NEURON}.py": "import sigmoid", f"{SIGMOID}.py": "import weighted_sum"}
    assert needs.used_by(catalog.find(NEURON), files) == [SUM, SIGMOID]
