"""Asks whether a file is there, how large it is and when it was written. Gain: who has handed in what, and when."""

STOPPED_BY = 3

SOURCE = """
import os
if os.stat("@PLACE@/other/linear.py").st_size > 0:
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
