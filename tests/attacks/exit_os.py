"""Leaves with `os._exit(0)`, which nothing can catch. Gain: full points from whoever reads the exit code."""

STOPPED_BY = 0

SOURCE = """
import os
os._exit(0)
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
