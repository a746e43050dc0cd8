"""Tries, inside a worker, what each isolation level forbids. Each answers True where the attempt got through."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Callable

# Which level forbids it.
LEVELS = {
    "fork": 1,
    "thread": 1,
    "socket": 1,
    "exec": 1,
    "open for writing": 1,
    "memory file": 1,
    "signal to the parent": 1,
    "read a file of ours": 2,
    "list a folder of ours": 2,
    "see that a file is there": 3,
    "see other processes": 3,
}


def sing(secret: str) -> dict[str, bool]:
    """Try everything. secret: a file that the checker can read and a worker has no business with."""
    attempts: dict[str, Callable[[], object]] = {
        "fork": _fork,
        "thread": _thread,
        "socket": lambda: socket.socket().close(),
        "exec": _exec,
        "open for writing": lambda: os.close(os.open(os.devnull, os.O_WRONLY)),
        "memory file": lambda: os.close(os.memfd_create("canary")),
        "signal to the parent": _signal,
        "read a file of ours": lambda: os.close(os.open(secret, os.O_RDONLY)),
        "list a folder of ours": lambda: os.listdir(os.path.dirname(secret)),  # noqa: PTH120, PTH208
        "see that a file is there": lambda: os.stat(secret),  # noqa: PTH116
        "see other processes": lambda: _require(os.getpid() != 1),
    }
    return {name: _got_through(attempt) for name, attempt in attempts.items()}


def _got_through(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except (OSError, RuntimeError, AttributeError):  # AttributeError: not on this system, such as os.fork
        return False
    return True


def _fork() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def _signal() -> None:
    if sys.platform == "win32":  # where 0 is no question but Ctrl-C, for all that share the console
        raise OSError
    os.kill(os.getppid(), 0)


def _thread() -> None:
    thread = threading.Thread(target=lambda: None)
    thread.start()
    thread.join()


def _exec() -> None:
    # Not a program that is there: whether the call was forbidden shows in the reason.
    try:
        os.execv("/nonexistent", ["nonexistent"])  # noqa: S606
    except OSError as error:
        if error.errno != errno.ENOENT:
            raise


def _require(condition: bool) -> None:
    if not condition:
        raise OSError
