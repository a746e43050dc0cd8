"""Walks up the call stack to the grader's frame and takes the expected arrays from it. Gain: full points."""

STOPPED_BY = 0

SOURCE = """
import sys
def expected():
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()):
            if isinstance(value, list) and len(value) == 4 and hasattr(value[0], "shape"):
                return value
        frame = frame.f_back
def linear_forward(x, W, b):
    return expected()[0], None
def linear_backward(dy, cache):
    return tuple(expected()[1:])
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
