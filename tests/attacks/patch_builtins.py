"""Replaces builtins that a comparison is made of. Gain: a comparison that always agrees."""

STOPPED_BY = 0

SOURCE = """
import builtins
builtins.all = lambda items: True
builtins.abs = lambda value: 0

def linear_forward(x, W, b):
    return 0 * (x @ W), (x, W)

def linear_backward(dy, cache):
    x, W = cache
    return 0 * x, 0 * W, 0 * dy[0]
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
