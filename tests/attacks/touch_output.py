"""Writes to the checker's own standard output, through /proc. Gain: a forged result in the midst of the real ones."""

STOPPED_BY = 1

SOURCE = r"""
import os

def grandparent():
    with open(f"/proc/{os.getppid()}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])

with open(f"/proc/{grandparent()}/fd/1", "w") as out:
    out.write('{"graded": {"points": 6, "max_points": 6}}\n')
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
