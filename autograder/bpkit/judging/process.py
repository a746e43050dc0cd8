"""The zygote and its workers, seen from the checker: start, ask with a deadline, kill from outside.

This module imports neither numpy nor anything slow (pathlib takes 10 ms), so that the zygote imports numpy while
the checker still does the same.
"""
# ruff: noqa: PTH118, PTH120, PTH123

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from importlib.machinery import PathFinder
from typing import Any, NamedTuple, Protocol

from bpkit.errors import InfrastructureError
from bpkit.judging.patience import Patience
from bpkit.worker import wire
from bpkit.worker.zygote import ANSWER, CONTROL, REQUEST

HIGHEST = 3  # isolation level
COMMAND = (sys.executable, "-I", "-S", "-B", os.path.join(os.path.dirname(wire.__file__), "__main__.py"))
START_SECONDS = 60.0
_CAPTURE_LIMIT = 8192  # characters of a student's prints that are kept
_AHEAD = (
    32 << 10
)  # bytes of requests that a worker may be sent before it has answered; a socket holds as many
ENVIRONMENT = {
    "PATH": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    # One thread: results are the same from call to call, and a worker's memory stays small.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


class Death(NamedTuple):
    """How a worker ended: "deadline", "signal", "exit" or "garbled", with the signal's or exit's number."""

    how: str
    number: int = 0


class WorkerDied(Exception):
    """The worker gave no answer, and is gone."""

    def __init__(self, death: Death) -> None:
        super().__init__(death)
        self.death = death


def numpy_folder() -> str:
    """Return the folder that numpy is in, without importing it."""
    numpy = PathFinder.find_spec("numpy")
    if numpy is None or numpy.origin is None:
        raise InfrastructureError("numpy is not installed here. Install backprop-kit again.")
    return os.path.dirname(os.path.dirname(numpy.origin))


class Worker:
    """A process that runs one submission: questions with a deadline, a capture of its prints, and an end."""

    def __init__(self) -> None:
        self.alive = True
        self._printed = bytearray()
        self._dropped = 0  # bytes of prints beyond the limit

    def ask(self, kind: int, request: dict[str, Any], seconds: float) -> tuple[int, Any]:
        """Send a request and return the answer's kind and value; `WorkerDied` where none comes in time."""
        return self.ask_all(kind, [request], seconds)[0]

    def ask_all(self, kind: int, requests: Sequence[dict[str, Any]], seconds: float) -> list[tuple[int, Any]]:
        """Send several requests and return their answers; each answer has a deadline of its own.

        Small requests are sent ahead, so that the worker computes while the checker still writes and reads. Large
        ones are not: two that both wait for the other to read would wait for ever.
        """
        frames = []
        for request in requests:
            nonce = int.from_bytes(os.urandom(8), "little")
            self._expect(nonce)
            frames.append((nonce, wire.frame(kind, nonce, wire.encode(request))))
        ahead = sum(len(frame) for _, frame in frames) <= _AHEAD
        answers = []
        try:
            self._get_ready()
            if ahead:
                self._send(b"".join(frame for _, frame in frames), Patience(seconds, self._queued))
            for nonce, frame in frames:
                patience = Patience(seconds, self._queued)
                if not ahead:
                    self._send(frame, patience)
                answers.append(self._read_answer(nonce, patience))
        except TimeoutError:
            self.kill()
            raise WorkerDied(Death("deadline")) from None
        except wire.WireError:
            self.kill()
            raise WorkerDied(Death("garbled")) from None
        except (ConnectionError, BrokenPipeError):
            raise WorkerDied(self._autopsy()) from None
        return answers

    def _read_answer(self, nonce: int, patience: Patience) -> tuple[int, Any]:
        answer, echoed, length = wire.header(bytes(self._receive(wire.HEADER.size, patience)))
        if echoed != nonce or answer not in wire.ANSWERS:
            raise wire.WireError("not an answer to this request")
        return answer, wire.decode(self._receive(length, patience), wire.MAX_ANSWER_TEXT)

    def take_printed(self) -> str:
        """Return what was printed since the last time, cut at a limit, and start afresh."""
        self._drain()
        text = self._printed.decode("utf-8", "replace")
        if self._dropped:
            text += f"\n… and {self._dropped:,} more bytes"
        self._printed, self._dropped = bytearray(), 0
        return text

    def _keep(self, printed: bytes) -> None:
        room = max(0, _CAPTURE_LIMIT - len(self._printed))
        self._printed += printed[:room]
        self._dropped += len(printed) - len(printed[:room])

    def kill(self) -> int:
        """Kill the process and what it started; return its wait status."""
        raise NotImplementedError

    def interrupt(self) -> None:
        """Kill it from another thread: whoever waits for its answer gets `WorkerDied`, and ends it as ever."""
        raise NotImplementedError

    def _expect(self, nonce: int) -> None:
        """Take note of a request; what a forked worker has printed is there when its answer is."""

    def _get_ready(self) -> None:
        """Wait until the process has started; a forked one has."""

    def _queued(self) -> float:
        """Return the seconds that the process has waited for a processor; 0.0 where the system does not tell."""
        return 0.0

    def _send(self, data: bytes, patience: Patience) -> None:
        raise NotImplementedError

    def _receive(self, count: int, patience: Patience) -> bytearray:
        raise NotImplementedError

    def _drain(self) -> None:
        raise NotImplementedError

    def _autopsy(self) -> Death:
        raise NotImplementedError


class Launcher(Protocol):
    """Starts workers. Use as a context manager: leaving it kills everything it started."""

    claimed: int  # the isolation level that it says its workers are held at; `isolation` has it proved
    missing: str  # why not a higher one

    def __enter__(self) -> Launcher:
        """Return itself."""

    def __exit__(self, *exception: object) -> None:
        """Close it."""

    def spawn(self) -> Worker:
        """Start a worker."""

    def close(self) -> None:
        """End every worker, and what starts them."""


def start(most: int = HIGHEST) -> Launcher:
    """Return what starts workers on this system. most: the highest isolation level to climb to."""
    if sys.platform == "linux":
        return Zygote(most)
    from bpkit.judging.spawned import Spawner  # noqa: PLC0415 - needed elsewhere only

    return Spawner()


class Zygote:
    """The program that forks workers. Use as a context manager: leaving it kills everything it started."""

    def __init__(self, most: int = HIGHEST) -> None:
        folder = numpy_folder()
        self.claimed = -1  # the isolation level that it says it has reached; `isolation` has it proved
        self.missing = ""  # why not a higher one
        self.control, theirs = socket.socketpair()
        self._complaint, complaint = os.pipe()
        ends = [_high(fd) for fd in (os.open(os.devnull, os.O_RDWR), complaint, theirs.detach())]
        null, complaint, control = ends
        self.pid = os.posix_spawn(
            sys.executable,
            [*COMMAND, folder, "zygote", str(most)],
            ENVIRONMENT,
            file_actions=[(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1),
                          (os.POSIX_SPAWN_DUP2, complaint, 2), (os.POSIX_SPAWN_DUP2, control, CONTROL)],
            setpgroup=0,  # Ctrl-C is for the checker, which closes the control socket
        )  # fmt: skip
        for end in ends:
            os.close(end)

    def __enter__(self) -> Zygote:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def spawn(self) -> Worker:
        """Fork a worker."""
        mine, wire_end = socket.socketpair()
        capture, capture_end = os.pipe()
        try:
            pid = self._ask(b"F", 0, [wire_end.fileno(), capture_end])
        except InfrastructureError:
            mine.close()
            os.close(capture)
            raise
        finally:
            wire_end.close()
            os.close(capture_end)
        return _Forked(self, pid, mine, capture)

    def wait(self, pid: int) -> int:
        """Return the wait status of a worker that was killed or has ended."""
        return self._ask(b"W", pid)

    def _ask(self, letter: bytes, number: int, fds: list[int] | None = None) -> int:
        try:
            self._start()
            socket.send_fds(self.control, [REQUEST.pack(letter, number)], fds or [])
            return self._answer()
        except OSError as error:
            self.close()
            said = os.read(self._complaint, 4096).decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise InfrastructureError(
                f"The program that runs answers has stopped: {said or error}. Nothing was judged; try again."
            ) from error

    def _start(self) -> None:
        if self.claimed < 0:
            self.control.settimeout(START_SECONDS)
            self.claimed = self._answer()
            self.missing = self._read(self._answer()).decode("utf-8", "replace")

    def _answer(self) -> int:
        number: int = ANSWER.unpack(self._read(ANSWER.size))[0]
        return number

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            chunk = self.control.recv(count - len(data))
            if not chunk:
                raise OSError("it closed its end")
            data += chunk
        return data

    def close(self) -> None:
        """End the zygote and every worker. Once is enough; twice does no harm."""
        if self.pid:
            self.control.close()  # its end of file: the zygote kills its workers and leaves
            os.kill(self.pid, signal.SIGCONT)  # also where a worker has stopped it
            os.waitpid(self.pid, 0)
            self.pid = 0


class _Forked(Worker):
    """A worker that the zygote forked: a socket for the wire, a pipe for the prints."""

    def __init__(self, zygote: Zygote, pid: int, wire_end: socket.socket, capture: int) -> None:
        super().__init__()
        self.zygote, self.pid, self.wire, self.capture = zygote, pid, wire_end, capture
        self.wire.setblocking(False)
        os.set_blocking(capture, False)
        self._capture_open = True
        self._ending = threading.Lock()  # while it is held the process id is still the worker's
        self._pending = bytearray()  # received, and not yet asked for

    def kill(self) -> int:
        """Kill the worker's process group and return its wait status. Twice does no harm, where the zygote died."""
        if not self.alive:  # its numbers, of the process and of the capture, may be somebody else's by now
            return 0
        self._drain()
        with self._ending:
            self._signal()
            try:
                return self.zygote.wait(self.pid)
            finally:
                self.alive = False
                self.wire.close()
                os.close(self.capture)
                self._capture_open = False

    def interrupt(self) -> None:
        """Kill the worker's process group; nobody waits for it here."""
        with self._ending:
            if self.alive:
                self._signal()

    def _signal(self) -> None:
        for kill in (os.killpg, os.kill):  # before it leads a group of its own there is only the process
            try:
                kill(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                continue

    def _autopsy(self) -> Death:
        # The wire is closed: by the process's end, or by a student who closed it and lives on.
        gone = time.monotonic() + 0.2
        while (lives := _running(self.pid)) and time.monotonic() < gone:
            time.sleep(0.005)
        status = self.kill()
        if lives:  # the signal that ended it is ours, and says nothing
            return Death("garbled")
        if os.WIFSIGNALED(status):
            return Death("signal", os.WTERMSIG(status))
        return Death("exit", os.WEXITSTATUS(status))

    def _queued(self) -> float:
        try:
            with open(f"/proc/{self.pid}/schedstat") as file:
                return int(file.read().split()[1]) / 1e9  # of its main thread, which is to answer
        except (
            OSError,
            IndexError,
            ValueError,
        ):  # no /proc, a kernel that does not count, or the process is gone
            return 0.0

    def _send(self, data: bytes, patience: Patience) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self.wire.send(view) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, patience)

    def _receive(self, count: int, patience: Patience) -> bytearray:
        # What has come is read at once, and kept: a system call costs more than a small answer.
        while len(self._pending) < count:
            self._wait(select.POLLIN, patience)
            with contextlib.suppress(BlockingIOError):
                chunk = self.wire.recv(max(min(count - len(self._pending), 1 << 20), 1 << 16))
                if not chunk:
                    raise ConnectionError
                self._pending += chunk
        data, self._pending = self._pending, self._pending[count:]
        del data[count:]
        return data

    def _wait(self, event: int, patience: Patience) -> None:
        poll = select.poll()
        poll.register(self.wire, event)
        if self._capture_open:
            poll.register(self.capture, select.POLLIN)
        while not (ready := poll.poll(patience.slice() * 1000)):
            pass
        if any(fd == self.capture for fd, _ in ready):
            self._drain()

    def _drain(self) -> None:
        # A bounded number of reads: a flood must not hold the checker past the deadline.
        for _ in range(16):
            try:
                chunk = os.read(self.capture, 1 << 16) if self._capture_open else b""
            except BlockingIOError:
                return
            if not chunk:
                self._capture_open = False
                return
            self._keep(chunk)


def _high(fd: int) -> int:
    """Move a file descriptor away from 0 to 3, which it may have where the checker was started with these closed."""
    import fcntl  # noqa: PLC0415 - Windows has none

    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(fd)
    return moved


def _running(pid: int) -> bool:
    """Tell whether a worker still runs; one that waits to be reaped does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            state = file.read().rpartition(")")[2].split()[0]
    except OSError:
        return False  # no /proc here: the kill that follows decides
    return state not in "ZX"
