"""Forks by machine code of its own. Gain: what `os.fork` would give, past anything that guards Python."""

from arena import RAW

STOPPED_BY = 1

SOURCE = (
    RAW
    + """
import time
if ON_X86:
    child = raw(57, 0)
else:
    child = raw(0, 220, 17)
if child == 0:
    time.sleep(600)
if child > 0:
    print("BREACH")
"""
)


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
