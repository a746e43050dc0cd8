"""Reads a file of the system that says who has an account here. Gain: names to begin with."""

STOPPED_BY = 2

SOURCE = """
if "root" in open("/etc/passwd").read():
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
