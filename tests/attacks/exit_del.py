"""Leaves with code 0 when an object of its own is destroyed, after the grader has decided. Gain: full points by exit code."""

STOPPED_BY = 0

SOURCE = """
import os
class Last:
    def __del__(self, leave=os._exit):
        leave(0)
last = Last()
raise SystemExit(last.__class__.__name__ and 1)
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
