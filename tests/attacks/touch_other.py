"""Edits another student's submission, through a mapping, which no limit on file sizes stops. Gain: others fail."""

from arena import HONEST

STOPPED_BY = 1

SOURCE = """
import mmap
with open("@PLACE@/other/linear.py", "r+b") as file:
    mapped = mmap.mmap(file.fileno(), 0)
    mapped[:] = mapped[:].replace(b"axis=0", b"axis=1")
"""


def breached(run):
    """The other's file has changed."""
    return (run.place / "other/linear.py").read_text() != HONEST
