"""Replaces `json.dumps`, with which the grader writes its result. Gain: full points."""

STOPPED_BY = 0

SOURCE = """
import json
honest = json.dumps
json.dumps = lambda value, **more: honest(value, **more).replace('"points": 0', '"points": 6')
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
