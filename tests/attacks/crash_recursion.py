"""Recurses in C until the stack ends. Gain: the grader's process dies, and with it all verdicts."""

STOPPED_BY = 0

SOURCE = """
nested = iter([1])
for _ in range(1 << 18):
    nested = map(str, nested)
next(nested)
"""


def breached(run):
    """The grader died with it."""
    return run.no_verdict
