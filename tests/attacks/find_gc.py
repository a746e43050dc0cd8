"""Searches all objects that the garbage collector knows for arrays of the right shapes. Gain: full points."""

STOPPED_BY = 0

SOURCE = """
import gc
import numpy as np
SHAPES = []
def found(shape, not_these):
    for thing in gc.get_objects():
        if isinstance(thing, (list, tuple)):
            for array in thing:
                if isinstance(array, np.ndarray) and array.shape == shape and not any(array is x for x in not_these):
                    return array
def linear_forward(x, W, b):
    return found((len(x), len(b)), []), (x, W, b)
def linear_backward(dy, cache):
    for thing in gc.get_objects():
        if isinstance(thing, list) and len(thing) == 4 and all(isinstance(array, np.ndarray) for array in thing):
            return tuple(thing[1:])
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
