"""Lines for VS Code's problem matcher."""

import re

from bpkit.report import vscode

LINEAR = "import numpy as np\n\n\ndef linear_forward(x, W, b):\n    pass\n\n\ndef linear_backward(dy, cache):\n    pass\n"


def test_lines(verdict, exercises):
    """Each wrong function has one line, with its place and what matters most."""
    files = {"layers/linear.py": LINEAR, "optimizers/sgd.py": "\n" * 10}
    wrong, crashed = vscode.lines(verdict, exercises, files).split("\n")
    assert wrong.startswith(
        "layers/linear.py:8: error: linear_backward: dx has the right shape and the wrong values. db is right. "
    )
    assert crashed == (
        "optimizers/sgd.py:7: error: sgd_step: sgd_step stopped with NameError: name 'du' is not defined"
    )
    for line in (wrong, crashed):
        assert re.fullmatch(r"([^:]+\.py):(\d+): (error|warning|info): (.*)", line)


def test_without_a_line(verdict, exercises):
    """A file without the function is pointed at as a whole."""
    assert vscode.lines(verdict, exercises, {}).startswith("layers/linear.py:1: error: ")
