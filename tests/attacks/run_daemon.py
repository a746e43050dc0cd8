"""Leaves a process behind that is nobody's child and in nobody's group. Gain: it runs on for ever, and watches the others."""

STOPPED_BY = 1

SOURCE = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
"""


def breached(run):
    """A process was still there when the grader had ended."""
    return run.left != ()
