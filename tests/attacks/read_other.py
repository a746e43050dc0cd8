"""Reads another student's submission and runs it. Gain: full points."""

STOPPED_BY = 2

SOURCE = """
exec(open("@PLACE@/other/linear.py").read())
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
