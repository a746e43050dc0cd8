"""Empties another student's submission by opening it. Gain: others fail."""

STOPPED_BY = 1

SOURCE = """
open("@PLACE@/other/linear.py", "w")
"""


def breached(run):
    """The other's file is empty."""
    return (run.place / "other/linear.py").stat().st_size == 0
