"""Makes the two files of a new exercise, ready to be filled in."""

from __future__ import annotations

from pathlib import Path

from bpkit.authoring.tree import Tree
from bpkit.course import catalog
from bpkit.errors import BadCourse

_SOLUTION = '''"""Title: y = what it computes

What it is, in a sentence or two, and every array with its shape:

    x  (N, D)   N examples with D features each
    y  (N, D)   what comes out
"""

import numpy as np


def {name}_forward(x):
    """x (N, D) -> y (N, D), cache"""
    ### BEGIN SOLUTION
    y = np.square(x)
    # MISTAKE doubled: y = 2 * x
    cache = x
    ### END SOLUTION
    return y, cache


def {name}_backward(dy, cache):
    """dy (N, D) -> dx (N, D)"""
    ### BEGIN SOLUTION
    x = cache
    dx = dy * 2 * x
    # MISTAKE dy-ignored: dx = 2 * x
    ### END SOLUTION
    return dx
'''

_SPEC = """from bpkit.course.spec import Case, Exercise

EXERCISE = Exercise(
    title="{title}",
    position={position},
    points=3,
    cases=(
        Case("a batch", x=(5, 3)),
        Case("another batch", x=(11, 7)),
        Case("one example", x=(1, 3)),
    ),
    gradients_of=("x",),
    reference=lambda torch, x: torch.square(x),
    hints=(
        "A question that leads to the idea.",
        "The local derivative, with shapes.",
        "The steps, in words.",
    ),
    mistakes={{
        "doubled": "What their array is, and why that is not it, without giving the answer away.",
        "dy-ignored": "dx does not use dy. The chain rule multiplies by what comes from above.",
    }},
)
"""


def new(tree: Tree, exercise_id: str) -> tuple[Path, Path]:
    """Write solution and spec of a new exercise and return their paths; `BadCourse` where they cannot be."""
    chapter, _, name = exercise_id.partition("/")
    chapters = catalog.chapters_of(tree.course)
    if chapter not in chapters:
        raise BadCourse(f"There is no chapter {chapter!r}. The chapters are {', '.join(chapters)}.")
    if not name.isidentifier() or not name.isascii() or name.startswith("_") or name != name.lower():
        raise BadCourse(
            f"{name!r} cannot be a file and part of a function: use small letters, digits and underscores."
        )
    solution, spec = tree.solutions / f"{exercise_id}.py", catalog.source(exercise_id)
    for path in (solution, spec):
        if path.exists():
            raise BadCourse(f"{path} is there already.")
    positions = [exercise.position for exercise in catalog.in_chapter(chapter)]
    title = name.replace("_", " ").capitalize()
    solution.parent.mkdir(parents=True, exist_ok=True)
    solution.write_text(_SOLUTION.format(name=name), encoding="utf-8")
    spec.write_text(_SPEC.format(title=title, position=max(positions, default=0) + 10), encoding="utf-8")
    return solution, spec
