"""The C library, for the few calls that Python does not have. Linux only."""

import ctypes
import os
import sys
from collections.abc import Callable

_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38


class Unavailable(Exception):
    """The kernel, or what runs above it, does not let us."""


def call(name: str, *arguments: object) -> int:
    """Call a C function; `Unavailable` with the system's reason where it fails."""
    if _LIBC is None:
        raise Unavailable("this is not Linux")
    result = int(getattr(_LIBC, name)(*arguments))
    if result < 0:
        raise Unavailable(f"{name}: {os.strerror(ctypes.get_errno())}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """Make a system call by its number."""
    if _LIBC is None:
        raise Unavailable("this is not Linux")
    result = int(_LIBC.syscall(number, *arguments))
    if result < 0:
        raise Unavailable(f"system call {number}: {os.strerror(ctypes.get_errno())}")
    return result


def attempt(step: Callable[[], object]) -> None:
    """Try in a child what cannot be taken back; `Unavailable` with the reason where it fails there."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            step()
            os.write(writer, b"yes")
        except (Unavailable, OSError) as error:
            os.write(writer, str(error).encode()[:200])
        finally:
            os._exit(0)
    os.close(writer)
    said = os.read(reader, 200)
    os.close(reader)
    os.waitpid(child, 0)
    if said != b"yes":
        raise Unavailable(said.decode("utf-8", "replace") or "the attempt died")


def prctl(option: int, value: int = 0) -> None:
    """Change something about this process."""
    call("prctl", option, value, 0, 0, 0)
