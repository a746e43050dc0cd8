"""Replaces standard output by an object that turns every score into a perfect one. Gain: full points."""

STOPPED_BY = 0

SOURCE = """
import sys
class Proud:
    def __init__(self, below): self.below = below
    def write(self, text): return self.below.write(text.replace('"points": 0', '"points": 6'))
    def __getattr__(self, name): return getattr(self.below, name)
sys.stdout = Proud(sys.stdout)
"""


def breached(run):
    """Whoever started the grader sees a success."""
    return run.succeeded
