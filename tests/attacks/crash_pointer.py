"""Reads where there is no memory, with ctypes. Gain: the grader's process dies, and with it all verdicts."""

STOPPED_BY = 0

SOURCE = """
import ctypes
ctypes.string_at(1)
"""


def breached(run):
    """The grader died with it."""
    return run.no_verdict
