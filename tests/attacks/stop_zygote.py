"""Stops its parent and leaves. Gain: whoever waits for the parent's word waits for ever."""

STOPPED_BY = 1
HANGS = True

SOURCE = """
import os, signal
os.kill(os.getppid(), signal.SIGSTOP)
os._exit(0)
"""


def breached(run):
    """The grader hung, or could say nothing of it."""
    return run.no_verdict
