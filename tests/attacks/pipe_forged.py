"""Answers in the worker's place, on the wire itself: all passed. Gain: full points where the verdict comes from the worker."""

STOPPED_BY = 0
KIND = "child"

SOURCE = """
import sys
frame = sys._getframe()
while frame and "theirs" not in frame.f_locals:
    frame = frame.f_back

if frame:
    frame.f_locals["theirs"].send(6)
import os, struct
frame = sys._getframe()
while frame and "nonce" not in frame.f_locals:
    frame = frame.f_back
if frame:
    wire = sys.modules["bpkit_worker.wire"]
    body = wire.encode({"value": "passed", "arguments": None, "warnings": [], "near": 0, "passed": True, "points": 6})
    for kind in (wire.LOADED, wire.RETURNED):
        os.write(3, wire.frame(kind, frame.f_locals["nonce"], body))
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
