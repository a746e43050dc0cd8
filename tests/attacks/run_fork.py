"""Forks again and again (twelve times here). Gain: the machine, and processes that watch or outlive the deadline."""

STOPPED_BY = 1

SOURCE = """
import os, time
for number in range(12):
    if os.fork() == 0:
        time.sleep(600)
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
