"""Sends to an abstract unix socket, which no file stands for. Gain: somebody outside who gives the answer, or gets the exercise."""

STOPPED_BY = 1

SOURCE = r'''
import socket
socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"answer", ("\0" + "@PLACE@")[:100])
'''


def breached(run):
    """The listener heard it."""
    return "abstract" in run.heard
