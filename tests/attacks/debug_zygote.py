"""Attaches to its parent as a debugger. Gain: its parent, and every worker to come."""

STOPPED_BY = 1
NEEDS = "ptrace"

SOURCE = """
import ctypes, os
PTRACE_SEIZE = 0x4206
libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long] * 4
if libc.ptrace(PTRACE_SEIZE, os.getppid(), 0, 0) == 0:
    print("BREACH")
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
