"""Leaves a process that answers on an abstract socket. Gain: an accomplice's solution, and a place to send others'."""

STOPPED_BY = 1

SOURCE = """
import os, socket
listener = socket.socket(socket.AF_UNIX)
listener.bind(chr(0) + "left" + "@PLACE@"[-80:])
listener.listen()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            listener.accept()[0].sendall(b"LEFT")
    os._exit(0)
"""

FOLLOWER = """
import socket
asking = socket.socket(socket.AF_UNIX)
asking.connect(chr(0) + "left" + "@PLACE@"[-80:])
if asking.recv(4) == b"LEFT":
    print("BREACH")
"""


def breached(run):
    """The next submission was answered."""
    return run.follower_said("BREACH")
