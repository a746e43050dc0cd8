"""Sends a UDP datagram. Gain: somebody outside who gives the answer, or gets the exercise."""

STOPPED_BY = 1

SOURCE = """
import socket
socket.socket(type=socket.SOCK_DGRAM).sendto(b"answer", ("127.0.0.1", @UDP@))
"""


def breached(run):
    """The listener heard it."""
    return "udp" in run.heard
