"""Answers a question before it is asked, and again. Gain: the first answer is taken, the honest one is not."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os
if frame:
    frame.f_locals["theirs"].send(6)

def linear_forward(x, W, b):
    return 0 * (x @ W), (x, W)

def twice():
    frame = sys._getframe()
    while frame and "nonce" not in frame.f_locals:
        frame = frame.f_back
    if frame:
        wire = sys.modules["bpkit_worker.wire"]
        value = {"value": (None, None, None), "arguments": None, "warnings": [], "near": 0}
        os.write(3, wire.frame(wire.RETURNED, frame.f_locals["nonce"], wire.encode(value)) * 2)
def linear_backward(dy, cache):
    twice()
    x, W = cache
    return 0 * x, 0 * W, 0 * dy[0]
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
