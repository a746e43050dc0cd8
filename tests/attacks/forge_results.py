"""Prints a perfect result after the grader's own. Gain: full points from whoever parses the output."""

STOPPED_BY = 0

SOURCE = """
import atexit
atexit.register(print, '{"graded": {"points": 6, "max_points": 6}}')
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
