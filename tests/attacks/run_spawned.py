"""Starts a program by `posix_spawn`, which takes another way into the kernel than fork. Gain: any program."""

STOPPED_BY = 1

SOURCE = """
import os
os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "echo BREA''CH"], {}), 0)
"""


def breached(run):
    """The attack got through, and could say so."""
    return run.said("BREACH")
