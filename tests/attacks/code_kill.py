"""Kills its parent by machine code of its own. Gain: the grader cannot go on."""

from arena import RAW

STOPPED_BY = 1

SOURCE = (
    RAW
    + """
raw(62, 129, os.getppid(), 9)
while True: pass
"""
)


def breached(run):
    """There is no verdict."""
    return run.no_verdict
