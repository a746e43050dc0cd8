"""Registers an exit handler that leaves with code 0, whatever the verdict was. Gain: full points by exit code."""

STOPPED_BY = 0

SOURCE = """
import atexit, os
atexit.register(os._exit, 0)
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
