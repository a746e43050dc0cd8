"""Leaves a value in a module for whoever is graded next. Gain: an accomplice's solution."""

STOPPED_BY = 0

SOURCE = """
import numpy, os, sys
numpy.LEFT = sys.LEFT = True
os.environ["LEFT"] = "yes"
"""

FOLLOWER = """
import numpy, os, sys
if hasattr(numpy, "LEFT") or hasattr(sys, "LEFT") or "LEFT" in os.environ:
    print("BREACH")
"""


def breached(run):
    """The next submission found it."""
    return run.follower_said("BREACH")
