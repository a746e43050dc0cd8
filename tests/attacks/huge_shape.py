"""Returns a view of one number that has a terabyte of elements. Gain: whoever compares it runs out of memory."""

STOPPED_BY = 0

SOURCE = """
import numpy as np
class Small(np.ndarray):
    shape = property(lambda self: (5, 7))
def linear_forward(x, W, b):
    huge = np.broadcast_to(np.float64(0), (1 << 37, len(x), len(b)))
    return huge.view(Small), huge
def linear_backward(dy, cache):
    return cache, cache, cache
"""


def breached(run):
    """The grader ran out of memory."""
    return run.no_verdict
