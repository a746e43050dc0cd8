"""Sets back the time at which its file was handed in. Gain: a late submission is on time."""

STOPPED_BY = 1

SOURCE = """
import os
os.utime("@PLACE@/attack.py", (0, 0))
"""


def breached(run):
    """The file says that it is from 1970."""
    return (run.place / "attack.py").stat().st_mtime == 0
