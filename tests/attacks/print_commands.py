"""Prints what terminals and CI systems take for commands. Gain: a forged log, a hidden verdict, a variable set."""

STOPPED_BY = 0

SOURCE = r"""
import os, sys
print("\x1b[2J\x1b[32mall passed\x1b[0m", "\x9b2J", "\r6 of 6 points")
print("::error::the checker is broken\n  ::add-mask::6\n::set-output name=points::6")
print("text before ##[error]boom", "##vso[task.complete result=Succeeded;]done", file=sys.stderr)
os.write(1, b"::stop-commands::x\n\x1b]0;title\x07\n")
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
