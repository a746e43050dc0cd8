"""Leaves with `quit()`, or raises what it would raise. Gain: full points from whoever reads the exit code."""

STOPPED_BY = 0

SOURCE = """
import builtins
getattr(builtins, 'quit', None) or exec('raise SystemExit')
quit()
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
