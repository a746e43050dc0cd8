"""Which files an exercise uses: every form of import, cycles, files that are missing or cannot be parsed."""

import pytest

from bpkit.student import uses

HERE = "layers/linear.py"
EXERCISES = (HERE, "neuron/relu.py", "layers/softmax.py")


@pytest.mark.parametrize(
    ("line", "used"),
    [
        ("import helpers", "helpers.py"),
        ("import helpers as h, os", "helpers.py"),
        ("import tools.names", "tools/names.py"),
        ("import tools.names", "tools/__init__.py"),
        ("from tools import names", "tools/names.py"),
        ("from tools.names import *", "tools/names.py"),
        ("from neuron.relu import relu_forward", "neuron/relu.py"),
        ("from softmax import softmax_forward", "layers/softmax.py"),
        ("from . import softmax", "layers/softmax.py"),
        ("from .softmax import softmax_forward", "layers/softmax.py"),
        ("from ..neuron.relu import relu_forward", "neuron/relu.py"),
        ("def f():\n    import helpers", "helpers.py"),
        ("try:\n    import helpers\nexcept ImportError:\n    pass", "helpers.py"),
    ],
)
def test_imports(line, used):
    """Each of these uses that file, and not another."""
    found = uses.of(HERE, {HERE: line})
    assert found.touched_by([used], EXERCISES)
    assert not found.touched_by(["optimizers/sgd.py", "other.py"], EXERCISES)


def test_itself():
    """An exercise uses its own file, whether or not that is there."""
    assert uses.of(HERE, {}).touched_by([HERE], EXERCISES)


def test_what_is_imported_imports_more():
    """Imports are followed, round in circles too, and files that are not there yet count."""
    files = {HERE: "import a", "a.py": "import b", "b.py": "import a, c"}
    found = uses.of(HERE, files)
    assert all(found.touched_by([path], EXERCISES) for path in ("a.py", "b.py", "c.py"))


@pytest.mark.parametrize("text", ["import (", None, "\0", "(" * 5000, "'\\d'; import ("])
def test_what_cannot_be_parsed(text):
    """Where a file cannot be parsed any helper may be used, and no other exercise."""
    found = uses.of(HERE, {HERE: "import a", "a.py": text})
    assert found.unsure
    assert found.touched_by(["whatever.py"], EXERCISES)
    assert not found.touched_by(["neuron/relu.py"], EXERCISES)
