"""Makes a socket and sends by machine code of its own. Gain: a way out."""

from arena import RAW

STOPPED_BY = 1

SOURCE = (
    RAW
    + """
import socket, struct
sock = raw(41, 198, 2, 2, 0)
to = struct.pack("=H", 2) + struct.pack("!H4s8x", @UDP@, bytes([127, 0, 0, 1]))
raw(44, 206, sock, address(b"answer"), 6, 0, address(to), 16)
"""
)


def breached(run):
    """The listener heard it."""
    return "udp" in run.heard
