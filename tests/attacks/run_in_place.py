"""Becomes another program. Gain: what Python set up is gone, what the system lets it do is not."""

STOPPED_BY = 1

SOURCE = """
import os
os.execv("/bin/sh", ["sh", "-c", "echo BREA''CH"])
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
