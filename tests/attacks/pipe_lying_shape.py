"""Answers with shapes that have no numbers behind them. Gain: the grader's memory, or a product that overflows."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os, struct
import numpy as np
class Claim:
    def __reduce__(self):
        return np.full, ((1 << 26,), 1.0)
if frame:
    frame.f_locals["theirs"].send(Claim())
def answer(*shape):
    frame, wire = sys._getframe(), sys.modules["bpkit_worker.wire"]
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    head = wire.encode({"value": None, "arguments": [], "warnings": [], "near": 0})
    array = b"A" + struct.pack(f"<BB{len(shape)}Q", 1, len(shape), *shape)
    os.write(3, wire.frame(wire.RETURNED, frame.f_locals["nonce"], head.replace(b"N", array, 1)))
    os._exit(0)
def linear_forward(x, W, b):
    answer(1 << 22)
def linear_backward(dy, cache):
    answer(1 << 32, 1 << 32, 0, 3)
"""


def breached(run):
    """The grader took a shape for what it claims to hold."""
    return run.peak > 150 or run.no_verdict
