"""Sends to a unix socket by its path. Gain: somebody outside who gives the answer, or gets the exercise."""

STOPPED_BY = 1

SOURCE = """
import os, socket
os.chdir("@PLACE@")
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"answer", "socket")
"""


def breached(run):
    """The listener heard it."""
    return "unix" in run.heard
