"""Fills a file in memory, which no limit on memory counts. Gain: the machine's memory."""

STOPPED_BY = 0

SOURCE = """
import os
file = os.memfd_create("bomb")
for _ in range(64):
    if os.write(file, bytes(1 << 20)) < 1 << 20:
        raise OSError
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
