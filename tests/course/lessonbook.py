"""What the tests of the lessons' numbers share: the solutions' functions, the lessons' words, and numbers as printed there.

A test computes what a lesson says and looks for it there: a number that is changed in the lesson is no longer found.
"""

import functools
import importlib.util
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]


@functools.cache
def module(exercise):
    """Return a solution as a module."""
    spec = importlib.util.spec_from_file_location(
        exercise.replace("/", "_"), ROOT / f"solutions/{exercise}.py"
    )
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def pair(exercise):
    """Return a solution's forward and backward."""
    name = exercise.rpartition("/")[2]
    return tuple(getattr(module(exercise), f"{name}_{way}") for way in ("forward", "backward"))


def says(chapter, *pieces):
    """Require that a lesson says each of these, wherever its lines break and however wide its columns are."""
    text = " ".join((ROOT / f"exercises/{chapter}/README.md").read_text().split())
    assert [piece for piece in pieces if " ".join(piece.split()) not in text] == []


def rows(chapter, head):
    """Return the cells of the table whose first line begins like this, without its head."""
    lines = (ROOT / f"exercises/{chapter}/README.md").read_text().splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith(head)) + 2
    found = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def f(value, digits=4):
    """Write a number with so many digits, and 0 without a sign."""
    return f"{float(np.squeeze(value)) + 0.0:.{digits}f}".replace("-0." + "0" * digits, "0." + "0" * digits)


def g(value, digits=4):
    """Write a number with at most so many digits, and no zeros at its end."""
    return f"{round(float(np.squeeze(value)), digits) + 0.0:.12g}"


def vector(values, digits=4, brackets="()"):
    """Write several numbers, as in (1, -0.5)."""
    return brackets[0] + ", ".join(g(value, digits) for value in np.ravel(values)) + brackets[1]


def matrix(values, digits=4):
    """Return a matrix's rows as lists."""
    return [vector(row, digits, "[]") for row in np.atleast_2d(values)]
