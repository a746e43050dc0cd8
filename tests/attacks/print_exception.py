"""Raises an exception whose name and message are commands to a terminal or a CI system. Gain: a forged log."""

STOPPED_BY = 0

SOURCE = r"""
def linear_forward(x, W, b):
    kind = type("Oops\n::error::name", (Exception,), {})
    raise kind("x\n::error::message\r\n\x1b[2J\n      ::add-mask::6\n##vso[task.complete result=Succeeded;]")
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
