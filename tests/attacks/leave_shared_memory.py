"""Leaves System V shared memory, which outlives its process. Gain: an accomplice's solution, and memory that nobody frees."""

import ctypes

STOPPED_BY = 1
KEY = 0x62706B69

SOURCE = """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0x62706B69, 4096, 0o1600)
ctypes.memmove(ctypes.c_void_p(libc.shmat(segment, None, 0)), b"LEFT", 4)
"""

FOLLOWER = """
import ctypes
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0x62706B69, 0, 0)
if segment >= 0 and ctypes.string_at(libc.shmat(segment, None, 0o10000), 4) == b"LEFT":
    print("BREACH")
"""


def clean():
    """Remove the segment, which nobody else would."""
    libc = ctypes.CDLL(None)
    libc.shmctl(libc.shmget(KEY, 0, 0), 0, None)


def breached(run):
    """The next submission found it."""
    return run.follower_said("BREACH")
