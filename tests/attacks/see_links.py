"""Reads where a link leads. Gain: paths of others' files."""

STOPPED_BY = 3

SOURCE = """
import os
if os.readlink("@PLACE@/link"):
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
