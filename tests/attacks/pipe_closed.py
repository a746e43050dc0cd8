"""Closes the wire and lives on. Gain: a grader that waits or falls, and no verdict."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import os, time
os.closerange(3, 256)
time.sleep(3)
"""


def breached(run):
    """The grader fell over the closed pipe."""
    return run.no_verdict
