"""Sends to an abstract unix socket, which no file stands for. Gain: somebody outside who gives the answer, or gets the exercise."""

STOPPED_BY = 1

SOURCE = """
import socket
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"answer", chr(0) + "@PLACE@"[-90:])
"""


def breached(run):
    """The listener heard it."""
    return "abstract" in run.heard
