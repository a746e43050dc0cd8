"""Puts a link to its own file in the place of another's. Gain: a classmate hands in the attacker's code."""

STOPPED_BY = 1

SOURCE = """
import os
os.symlink("@PLACE@/attack.py", "@PLACE@/new")
os.replace("@PLACE@/new", "@PLACE@/other/linear.py")
"""


def breached(run):
    """The other's file is a link."""
    return (run.place / "other/linear.py").is_symlink()
