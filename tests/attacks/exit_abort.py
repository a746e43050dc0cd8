"""Calls `os.abort()`. Gain: no verdict, for itself and for all that were to be graded after it."""

STOPPED_BY = 0

SOURCE = """
import os
os.abort()
"""


def breached(run):
    """The grader died with it."""
    return run.no_verdict
