"""Lists the folder with the submissions. Gain: who has handed in, and under which name to look."""

STOPPED_BY = 2

SOURCE = """
import os
if "linear.py" in os.listdir("@PLACE@/other"):
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
