"""Computes for ever inside one call, where Python delivers no signal and no exception. Gain: no verdict."""

STOPPED_BY = 0
HANGS = True

SOURCE = """
import re
re.match('(a?){40}' * 3 + 'a' * 60 + 'b', 'a' * 60)
sum(9 ** 9 ** 8 for _ in range(9))
"""


def breached(run):
    """The grader hung until it was killed."""
    return run.no_verdict
