"""Leaves a file for whoever is graded next. Gain: an accomplice's solution."""

STOPPED_BY = 1

SOURCE = """
open("@PLACE@/left", "w")
"""

FOLLOWER = """
import os
if os.path.exists("@PLACE@/left"):
    print("BREACH")
"""


def breached(run):
    """The next submission found it."""
    return run.follower_said("BREACH")
