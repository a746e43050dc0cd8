"""Makes classes of submissions for `grade.py`: solutions, known mistakes and stubs, no two files alike."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bpkit.authoring.mutants import mutants
from bpkit.course import catalog

ROOT = Path(__file__).parents[1]
FOUR = ("neuron/relu", "layers/linear", "layers/softmax", "optimizers/sgd")
ALL = catalog.ids()

# The same for nbgrader and otter: two cases for each function, and what NumPy says about them.
TESTS = {
    "neuron/relu": """
rng = np.random.default_rng(0)
for z in (rng.standard_normal((4, 5)), np.array([0.0, -1.0, 2.0])):
    a, cache = relu_forward(z)
    assert np.allclose(a, np.maximum(z, 0))
    da = rng.standard_normal(z.shape)
    assert np.allclose(relu_backward(da, cache), da * (z > 0))
""",
    "layers/linear": """
rng = np.random.default_rng(1)
for n, d, m in ((5, 3, 7), (1, 4, 2)):
    x, W, b, dy = (rng.standard_normal(shape) for shape in ((n, d), (d, m), m, (n, m)))
    y, cache = linear_forward(x, W, b)
    assert np.allclose(y, x @ W + b)
    dx, dW, db = linear_backward(dy, cache)
    assert np.allclose(dx, dy @ W.T) and np.allclose(dW, x.T @ dy) and np.allclose(db, dy.sum(axis=0))
""",
    "layers/softmax": """
rng = np.random.default_rng(2)
for z in (rng.standard_normal((4, 5)), np.array([1000.0, 1001.0, 999.0])):
    exps = np.exp(z - z.max(axis=-1, keepdims=True))
    right = exps / exps.sum(axis=-1, keepdims=True)
    p, cache = softmax_forward(z)
    assert np.allclose(p, right)
    dp = rng.standard_normal(z.shape)
    dz = softmax_backward(dp, cache)
    assert np.allclose(dz, right * (dp - (dp * right).sum(axis=-1, keepdims=True)))
""",
    "optimizers/sgd": """
rng = np.random.default_rng(3)
for shape in ((3, 4), (5,)):
    w, dw = rng.standard_normal(shape), rng.standard_normal(shape)
    assert np.allclose(sgd_step(w, dw, 0.1), w - 0.1 * dw)
""",
}


def answers(count: int, exercises: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield each student's files: six in ten right, three a known mistake, one not started."""
    rng = random.Random(1)  # noqa: S311 - the same class every time
    right = {name: (ROOT / "solutions" / f"{name}.py").read_text() for name in exercises}
    wrong = {name: list(mutants(text, name).values()) for name, text in right.items()}
    for number in range(count):
        files = {}
        for name in exercises:
            kind = rng.random()
            stub = (ROOT / "exercises" / f"{name}.py").read_text()
            text = right[name] if kind < 0.6 else rng.choice(wrong[name]) if kind < 0.9 else stub
            files[name] = f"{text}\n# {number}\n"
        yield files


def folders(root: Path, count: int, exercises: Sequence[str]) -> Path:
    """Write a class as a folder of folders; return it."""
    for number, files in enumerate(answers(count, exercises)):
        for name, text in files.items():
            path = root / f"student{number:04}" / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return root


def notebook(cells: Sequence[dict[str, Any]]) -> str:
    """Return a notebook's JSON."""
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": list(cells), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5})


def cell(name: str, source: str, metadata: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a code cell."""
    return {
        "cell_type": "code",
        "id": name.replace("/", "-"),
        "execution_count": None,
        "metadata": metadata or {},
        "outputs": [],
        "source": source,
    }
