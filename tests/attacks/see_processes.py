"""Asks for other processes by their numbers. Gain: what else runs here, and when it comes and goes."""

STOPPED_BY = 3

SOURCE = """
import os
seen = 0
for number in range(1, 1 << 15):
    try:
        os.sched_getaffinity(number)
        seen += number != os.getpid()
    except OSError:
        pass
if seen:
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
