"""Kills the checker. Gain: nobody is graded."""

STOPPED_BY = 1

SOURCE = """
import os, signal

def grandparent():
    with open(f"/proc/{os.getppid()}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])

os.kill(grandparent(), signal.SIGKILL)
"""


def breached(run):
    """There is no verdict."""
    return run.no_verdict
