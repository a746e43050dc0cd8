"""Connects to a TCP port. Gain: somebody outside who gives the answer, or gets the exercise."""

STOPPED_BY = 1

SOURCE = """
import socket
socket.create_connection(("127.0.0.1", @TCP@), 1)
"""


def breached(run):
    """The listener heard it."""
    return "tcp" in run.heard
