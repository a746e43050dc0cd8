"""Stops its own process. Gain: no verdict, for itself and for all that were to be graded after it."""

STOPPED_BY = 0
HANGS = True

SOURCE = """
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
"""


def breached(run):
    """The grader hung until it was killed."""
    return run.no_verdict
