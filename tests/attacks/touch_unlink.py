"""Deletes another student's submission. Gain: others get nothing."""

STOPPED_BY = 1

SOURCE = """
import os
os.unlink("@PLACE@/other/linear.py")
"""


def breached(run):
    """The other's file is gone."""
    return not (run.place / "other/linear.py").exists()
