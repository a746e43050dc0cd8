"""What came back, in words, and again: for the properties of several chapters."""

from bpkit.worker.wire import Opaque

# With one generator for both calls. A property's own calls are each given a fresh one.
TWICE = """
def twice(student, function, *arguments):
    return [getattr(student, function)(*arguments) for _ in range(2)]
"""
SAME_AGAIN = (
    "Two calls, one after the other with the same rng, draw the same numbers. Each draw should move rng on."
)


def described(value):
    """Say in a few words what a value is; the same ones as where a recorded case is judged."""
    import numpy as np

    if isinstance(value, Opaque):
        return value.description[:200]
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, np.ndarray):
        return f"one array of shape {value.shape}"
    if isinstance(value, (int, float)):
        return "a single number"
    return f"a {type(value).__name__}" + (f" of {len(value)}" if isinstance(value, (list, tuple)) else "")
