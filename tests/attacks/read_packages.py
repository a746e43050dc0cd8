"""Adds the folder of installed packages to the path, and imports from it. Gain: libraries that derive."""

STOPPED_BY = 2

SOURCE = """
import sys
sys.path.append("@PACKAGES@")
import safetensors
print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
