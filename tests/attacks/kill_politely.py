"""Stops its parent, which then neither works nor dies. Gain: the grader waits."""

STOPPED_BY = 1
HANGS = True

SOURCE = """
import os, signal
os.kill(os.getppid(), signal.SIGSTOP)
os._exit(0)
"""


def breached(run):
    """There is no verdict."""
    return run.no_verdict
