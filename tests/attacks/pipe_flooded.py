"""Sends as much as it can. Gain: the grader's memory, and no verdict."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os
if frame:
    frame.f_locals["theirs"].send_bytes(bytes(300 << 20))
def linear_forward(x, W, b):
    while True:
        os.write(3, bytes(1 << 20))
"""


def breached(run):
    """The grader held all of it."""
    return run.peak > 150
