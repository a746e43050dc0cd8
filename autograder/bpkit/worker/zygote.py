"""The zygote: imports numpy once, and forks one worker for each submission.

It is started as its own program, never forked from the checker, so no expected value is in its memory.
Requests come on the control socket, each of a letter and a number:

    F 0      with two file descriptors (wire, capture): fork a worker; the answer is its process id
    W pid    wait for a worker that was killed or has ended; the answer is its wait status

Before the first request it says which isolation level it has reached, and why no higher one.
When the control socket closes, the checker is gone: every worker is killed and the zygote ends.
"""

import gc
import os
import signal
import socket
import struct

REQUEST = struct.Struct("<cq")
ANSWER = struct.Struct("<q")
CONTROL = 3  # the control socket's file descriptor


def main(numpy_folder: str, most: int) -> None:
    """Serve the control socket until it closes. most: the highest isolation level to climb to."""
    from . import confine  # noqa: PLC0415 - the checker imports this module too, where there is no fcntl

    confinement = confine.Confinement(most)
    import numpy as np  # noqa: PLC0415, F401 - imported here, once, for all workers

    from . import canaries, serve  # noqa: PLC0415, F401 - wants numpy

    control = socket.socket(fileno=CONTROL)
    os.closerange(CONTROL + 1, 1024)  # what whoever started the checker had open
    null = os.open(os.devnull, os.O_RDWR)
    alive: set[int] = set()
    os.chdir("/")  # where the checker was started is nobody's business, and /proc would tell
    confinement.climb(numpy_folder)
    gc.freeze()  # a worker's collection then touches, and so copies, none of these pages
    missing = "; ".join(confinement.missing).encode()
    control.sendall(ANSWER.pack(confinement.level) + ANSWER.pack(len(missing)) + missing)
    while True:
        message, fds, _, _ = socket.recv_fds(control, REQUEST.size, 2)
        if len(message) < REQUEST.size:
            for pid in alive:
                _kill(pid)
            os._exit(0)
        letter, number = REQUEST.unpack(message)
        if letter == b"F":
            wire, capture = fds
            pid = os.fork()
            if pid == 0:
                try:
                    confinement.enter(wire, capture, null)
                    serve.serve(confine.WIRE, confine.WIRE)
                finally:
                    os._exit(97)
            os.close(wire)
            os.close(capture)
            alive.add(pid)
            control.sendall(ANSWER.pack(pid))
        else:
            _, status = os.waitpid(number, 0)
            alive.discard(number)
            control.sendall(ANSWER.pack(status))


def _kill(pid: int) -> None:
    # Not reaped yet, so the number still names our worker; it leads a process group of its own by then or
    # has not got so far.
    for kill in (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
