"""Takes away the right to read another student's submission. Gain: others cannot be graded."""

STOPPED_BY = 1

SOURCE = """
import os
os.chmod("@PLACE@/other/linear.py", 0)
"""


def breached(run):
    """The other's file has lost its rights."""
    return (run.place / "other/linear.py").stat().st_mode & 0o777 == 0
