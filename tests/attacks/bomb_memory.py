"""Takes more memory than it may. Gain: the grader's machine."""

STOPPED_BY = 0

SOURCE = """
import mmap
taken = mmap.mmap(-1, 3 << 30)
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
