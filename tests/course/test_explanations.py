"""What is told to who has solved an exercise."""

import ast

import pytest

from bpkit.course import catalog


def own():
    """Return the ids of bpkit's own exercises."""
    return catalog.ids_of(catalog.OWN)


def functions(source):
    """Return the functions and classes of a file by name, each as code without its docstring."""
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            told = ast.get_docstring(node) is not None
            found[node.name] = [ast.dump(statement) for statement in node.body[told:]]
    return found


@pytest.mark.parametrize("exercise_id", own())
def test_every_exercise_is_explained(exercise_id):
    """Each has all three parts. (That the other way passes is for `bpkit verify` to prove.)"""
    explanation = catalog.find(exercise_id).explanation
    assert explanation is not None
    assert [name for name, text in explanation._asdict().items() if not text.strip()] == []


@pytest.mark.parametrize("exercise_id", own())
def test_the_other_way_is_another(exercise_id, solutions):
    """It has every function of the exercise, and they are not the solution's over again."""
    exercise = catalog.find(exercise_id)
    other = functions(exercise.explanation.another)
    solution = functions((solutions / f"{exercise_id}.py").read_text(encoding="utf-8"))
    names = {part.function for part in exercise.parts}
    assert names <= other.keys()
    assert {name: other[name] for name in names} != {name: solution[name] for name in names}
