"""Replaces `sys.exit`, so that the grader's own exit comes out as 0. Gain: full points by exit code."""

STOPPED_BY = 0

SOURCE = """
import os, sys
sys.exit = lambda code=0: os._exit(0)
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
