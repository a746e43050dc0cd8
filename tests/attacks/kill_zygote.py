"""Kills its parent. Gain: the grader cannot go on."""

STOPPED_BY = 1

SOURCE = """
import os, signal
os.kill(os.getppid(), signal.SIGKILL)
while True: pass
"""


def breached(run):
    """There is no verdict, only an error (which gives nobody a zero)."""
    return run.no_verdict
