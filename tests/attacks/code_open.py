"""Opens a file for writing by machine code of its own. Gain: a file of another's, emptied."""

from arena import RAW

STOPPED_BY = 1

SOURCE = (
    RAW
    + """
raw(257, 56, -100, address(b"@PLACE@/other/linear.py"), os.O_WRONLY | os.O_TRUNC)
"""
)


def breached(run):
    """The other's file is empty."""
    return (run.place / "other/linear.py").stat().st_size == 0
