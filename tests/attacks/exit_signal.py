"""Kills its own process with SIGKILL. Gain: no verdict, for itself and for all that were to be graded after it."""

STOPPED_BY = 0

SOURCE = """
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
"""


def breached(run):
    """The grader died with it."""
    return run.no_verdict
