"""Sends its answer byte by byte, for ever. Gain: a grader that waits, and no verdict."""

STOPPED_BY = 0
KIND = "child"
HANGS = True

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os, struct, time
if frame:
    os.write(frame.f_locals["theirs"].fileno(), struct.pack("!i", 1 << 20))
    while True:
        os.write(frame.f_locals["theirs"].fileno(), b"x")
        time.sleep(0.05)
def linear_forward(x, W, b):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    os.write(3, struct.pack("<4sBxxxQI", b"BPK1", 4, frame.f_locals["nonce"], 1 << 20))
    while True:
        os.write(3, b"x")
        time.sleep(0.05)
"""


def breached(run):
    """The grader waited until it was killed."""
    return run.no_verdict
