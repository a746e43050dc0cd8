"""Statements and explanations."""

import pytest

from bpkit.course import catalog, resources
from bpkit.course.spec import Explanation
from bpkit.judging.standing import Standing, State
from bpkit.report import statement


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("name", catalog.ids())
def test_every_statement_fits(name, columns):
    """Every exercise's statement fits, and names its functions with what each is worth."""
    exercise = catalog.find(name)
    stub = (resources.exercises() / f"{name}.py").read_text(encoding="utf-8")
    shown = statement.show(Standing(exercise, f"{name}.py", State.NOT_STARTED), stub, columns)
    assert [line for line in shown.split("\n") if len(line) > columns + 10] == []  # the first one is bold
    for part in exercise.parts:
        assert f"  {part.function}" in shown


def test_a_statement():
    """A statement has the formulas, the functions with their shapes, and the file."""
    exercise = catalog.find("layers/linear")._replace(needs=("neuron/weighted_sum",))
    stub = (resources.exercises() / "layers/linear.py").read_text(encoding="utf-8")
    shown = statement.show(Standing(exercise, "layers/linear.py", State.FAILED, 2), stub, 80)
    for line in (
        "2 of 6 points, not right yet.",
        "File: layers/linear.py",
        "    x  (N, D)   N examples with D features each",
        "  linear_backward(dy, cache): 4 points",
        "      dy (N, M) -> dx (N, D), dW (D, M), db (M,)",
        "It may use what you wrote for neuron/weighted_sum.",
    ):
        assert line in shown.split("\n")


def test_explanations():
    """An explanation has its three parts; where there is none that is said."""
    told = Explanation("Because\nof this.", "def f():\n    return 1\n", "The same.")
    shown = statement.explanation(catalog.find("layers/linear")._replace(explanation=told), 80)
    assert "Because of this." in shown
    assert "    def f():\n        return 1\n" in shown
    assert shown.endswith("The same.")
    none = catalog.find("layers/linear")._replace(explanation=None)
    assert "Nobody has written an explanation of it yet." in statement.explanation(none, 80)
