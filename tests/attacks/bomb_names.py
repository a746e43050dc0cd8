"""Makes many empty files with long names, which no limit on file sizes counts. Gain: a full disk."""

STOPPED_BY = 1

SOURCE = """
import os
for number in range(300):
    open("@PLACE@/" + f"{number}".rjust(200, "x"), "w")
"""


def breached(run):
    """The files are there."""
    return len(list(run.place.iterdir())) > 300
