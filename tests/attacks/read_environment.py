"""Reads the checker's environment through /proc. Gain: the token with which grades are uploaded."""

STOPPED_BY = 2
PRIVILEGES = "none"
NEEDS = "ptrace"

SOURCE = """
import os

def grandparent():
    with open(f"/proc/{os.getppid()}/stat") as file:
        return int(file.read().rpartition(")")[2].split()[1])

if b"opensesame" in open(f"/proc/{grandparent()}/environ", "rb").read():
    print("BREACH")
"""


def breached(run):
    """It read the token."""
    return run.said("BREACH")
