"""Leaves a key in the kernel's keyring of its user. Gain: an accomplice's solution."""

import ctypes
import os

STOPPED_BY = 1
NEEDS = "keyring"

SOURCE = """
import ctypes, os
libc = ctypes.CDLL(None)
x86 = os.uname().machine == "x86_64"
libc.syscall(248 if x86 else 217, b"user", b"bpkit-left", b"LEFT", 4, -4)
"""

FOLLOWER = """
import ctypes, os
libc = ctypes.CDLL(None)
x86 = os.uname().machine == "x86_64"
found, text = libc.syscall(250 if x86 else 219, 10, -4, b"user", b"bpkit-left", 0), ctypes.create_string_buffer(4)
libc.syscall(250 if x86 else 219, 11, found, text, 4)
if text.raw == b"LEFT":
    print("BREACH")
"""


def clean():
    """Remove the key, which would stay as long as its user's sessions."""
    libc, call = ctypes.CDLL(None), 250 if os.uname().machine == "x86_64" else 219
    libc.syscall(call, 9, libc.syscall(call, 10, -4, b"user", b"bpkit-left", 0), -4)


def breached(run):
    """The next submission found it."""
    return run.follower_said("BREACH")
