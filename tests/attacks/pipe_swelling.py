"""Answers with arrays where names belong, and texts that grow when they are read. Gain: the grader's memory."""

STOPPED_BY = 0
KIND = "child"
SECONDS = 5.0

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

import os
import numpy as np
if frame:
    frame.f_locals["theirs"].send([chr(0x1F600) + "x" * (1 << 20) for _ in range(64)] + [b"no JSON"])
def forge(kind, value):
    frame, wire = sys._getframe(), sys.modules["bpkit_worker.wire"]
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    left = memoryview(wire.frame(kind, frame.f_locals["nonce"], wire.encode(value)))
    while left:
        left = left[os.write(3, left):]
    os._exit(0)
raised = {"type": "E", "kinds": [], "message": "", "frames": [], "syntax": None, "code_before": False}
def linear_forward(x, W, b):
    forge(5, raised | {"kinds": np.zeros(32_000_000, np.uint8)})
def linear_backward(dy, cache):
    texts = [chr(0x1F600) + "x" * 4_000_000 for _ in range(7)]
    forge(5, raised | {"kinds": texts, "frames": np.zeros((10_000_000, 3), np.uint8)})
"""


def breached(run):
    """The grader held many times what was sent."""
    return run.peak > 150
