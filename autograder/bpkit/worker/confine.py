"""What holds a worker in, before it has looked at one byte of a student's code: isolation level 0."""

import fcntl
import os
import resource
import signal
import sys

WIRE = 3
MEMORY = 2 << 30  # bytes of address space; numpy itself takes about 0.3 GiB of it
_FILES = 64


def enter(wire: int, capture: int, null: int) -> None:
    """Become a worker: own process group, own file descriptors, limits, and nothing inherited."""
    os.setsid()
    _die_with_parent()
    # Moved out of the way first: either may already be one of the numbers that they are to have.
    wire = fcntl.fcntl(wire, fcntl.F_DUPFD, 20)
    capture = fcntl.fcntl(capture, fcntl.F_DUPFD, 20)
    os.dup2(null, 0)
    os.dup2(capture, 1)
    os.dup2(capture, 2)
    os.dup2(wire, WIRE)
    os.closerange(WIRE + 1, 1024)
    os.chdir("/")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # no file gets a byte from a worker
        (resource.RLIMIT_NOFILE, _FILES),
    ):
        _, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)  # noqa: PLW2901
        resource.setrlimit(limit, (value, value))


def _die_with_parent() -> None:
    """On Linux the kernel kills a worker whose zygote was killed."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - numpy has imported it already

        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(0)
