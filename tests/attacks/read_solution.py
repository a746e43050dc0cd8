"""Reads the author's solution and runs it. Gain: full points."""

STOPPED_BY = 2

SOURCE = """
exec(open("@CLONE@/solutions/layers/linear.py").read())
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
