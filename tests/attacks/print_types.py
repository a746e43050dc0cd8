"""Returns values whose type, signature or warning is a command to a terminal or a CI system. Gain: a forged log."""

STOPPED_BY = 0

SOURCE = r"""
import warnings
class Name(type):
    __repr__ = lambda self: "\n::error::repr\n\x1b[2J"
Evil = Name("\n::error::type\n\x1b[2J", (), {})
class Default:
    __repr__ = lambda self: "\n::error::default\n\x1b[2J"
def linear_forward(x, W, b):
    warnings.warn("\n::warning::w\n\x1b[2J")
    return Evil, Evil
def linear_backward(dy=Default()):
    pass
"""


def breached(run):
    """A raw control character, or a line that a CI log would obey, is in the report."""
    shown = run.out if run.level < 0 else run.first.text

    steering = [
        line
        for line in shown.split("\n")
        if line.lstrip().startswith("::") or "##[" in line or "##vso[" in line
    ]
    return "\x1b" in shown or "\r" in shown or "\x9b" in shown or steering != []
