"""Lists the packages that are installed beside the standard library. Gain: what else there is to attack, and whose machine it is."""

STOPPED_BY = 2
NEEDS = "site-packages"

SOURCE = """
import os
if os.listdir(os.path.dirname(os.__file__) + "/site-packages"):
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
