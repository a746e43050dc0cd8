"""Workers where there is no zygote: macOS, whose NumPy does not survive a fork, and Windows, which has none.

The same interface at level 0. Each worker is a program of its own, and one is kept ready; pipes have no
deadlines on every system, so threads read them into queues. On Windows a job object holds the worker's memory
and what it starts, and ends all of it at once; elsewhere that is a process group.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import IO

from bpkit.errors import InfrastructureError
from bpkit.judging.job import Job
from bpkit.judging.patience import Patience
from bpkit.judging.process import COMMAND, ENVIRONMENT, START_SECONDS, Death, Worker, numpy_folder
from bpkit.worker import wire
from bpkit.worker.direct import READY

MEMORY = 2 << 30  # bytes, on Windows; elsewhere the worker limits itself
_MARKS_SECONDS = 2.0  # what is printed comes at once, unless something keeps it from coming at all
_KEPT = ("SYSTEMROOT",)  # without it Python does not start on Windows


class Spawner:
    """Starts a program for each worker."""

    def __init__(self) -> None:
        self.claimed = 0
        self.missing = f"levels 1 to 3: they need Linux, and this is {sys.platform}"
        self._workers: list[Spawned] = []
        self._spare: Spawned | None = self._launch()  # imports numpy while the checker does the same

    def __enter__(self) -> Spawner:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def spawn(self) -> Worker:
        """Return a worker that has run nothing yet, and start the next one."""
        worker = self._spare or self._launch()
        self._spare = self._launch()
        return worker

    def _launch(self) -> Spawned:
        worker = Spawned()
        self._workers = [*(other for other in self._workers if other.alive), worker]
        return worker

    def close(self) -> None:
        """End every worker."""
        for worker in self._workers:
            if worker.alive:
                worker.kill()


class Spawned(Worker):
    """A worker with three pipes: requests, answers, and what is printed."""

    def __init__(self) -> None:
        super().__init__()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [*_command(), numpy_folder(), "direct"],
            env=ENVIRONMENT | kept,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            start_new_session=os.name == "posix",
        )
        self.pid = self.process.pid
        self._job = Job(_handle(self.process), MEMORY) if sys.platform == "win32" else None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._requests = self.process.stdin
        self._to_send: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Bounded: a worker that floods us waits, and our memory does not grow.
        self._answers: queue.Queue[bytes] = queue.Queue(maxsize=16)
        self._pending = bytearray()
        self._ready = False
        self._prints = threading.Condition()  # guards what was printed
        self._unsorted = bytearray()  # printed, and may yet hold the beginning of a mark
        self._marks: list[bytes] = []  # the ends of answers' prints, to come
        self._ending = threading.Lock()  # while it is held the process id is still the worker's
        self._reader = threading.Thread(target=self._read_prints, daemon=True)
        self._reader.start()
        for task in (self._write, self._read_answers):
            threading.Thread(target=task, daemon=True).start()

    def _write(self) -> None:
        while (data := self._to_send.get()) is not None:
            view = memoryview(data)
            try:
                while view:
                    view = view[self._requests.write(view) or 0 :]
            except (
                OSError,
                ValueError,
            ):  # the worker is gone, or `kill` has closed the pipe; the reader tells
                return

    def _read_answers(self) -> None:
        for chunk in _chunks(self.process.stdout):
            self._answers.put(chunk)

    def _read_prints(self) -> None:
        for chunk in _chunks(self.process.stderr):
            with self._prints:
                self._unsorted += chunk
                for mark in tuple(self._marks):
                    if mark in self._unsorted:
                        self._unsorted = self._unsorted.replace(mark, b"")
                        self._marks.remove(mark)
                held = max(map(len, self._marks), default=1) - 1 if chunk else 0
                sorted_out = len(self._unsorted) - held
                if sorted_out > 0:
                    self._keep(bytes(self._unsorted[:sorted_out]))
                    del self._unsorted[:sorted_out]
                if not chunk:
                    self._marks.clear()
                self._prints.notify_all()

    def _expect(self, nonce: int) -> None:
        with self._prints:
            self._marks.append(wire.mark(nonce))

    def _get_ready(self) -> None:
        """Wait for Python and numpy, which is our time and not the answer's."""
        if self._ready:
            return
        try:
            self._receive(len(READY), Patience(START_SECONDS, self._queued))
        except TimeoutError:
            self.kill()
            raise InfrastructureError(
                "The program that runs answers did not start. Nothing was judged; try again."
            ) from None
        self._ready = True

    def _send(self, data: bytes, patience: Patience) -> None:
        del patience  # the writer waits; whoever waits for the answer has a deadline
        self._to_send.put(data)

    def _receive(self, count: int, patience: Patience) -> bytearray:
        while len(self._pending) < count:
            try:
                chunk = self._answers.get(timeout=patience.slice())
            except queue.Empty:
                continue
            if not chunk:
                raise ConnectionError
            self._pending += chunk
        data, self._pending = self._pending[:count], self._pending[count:]
        return data

    def _drain(self) -> None:
        """Nothing to do: a thread reads what is printed."""

    def take_printed(self) -> str:
        """Return what was printed since the last time."""
        with self._prints:
            # Marks that do not come were not written: the student has closed what they go to.
            if not self._prints.wait_for(lambda: not self._marks, _MARKS_SECONDS):
                self._marks.clear()
            return super().take_printed()

    def _autopsy(self) -> Death:
        try:
            code = self.process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:  # it closed the wire and lives on
            self.kill()
            return Death("garbled")
        self.kill()
        return Death("signal", -code) if code < 0 else Death("exit", code)

    def kill(self) -> int:
        """Kill the process and what it started; return its exit status."""
        with self._ending:
            self._end()
            status = self.process.wait()
            self.alive = False
        self._to_send.put(None)
        self._reader.join(_MARKS_SECONDS)  # what was printed before the end counts
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()
        return status

    def interrupt(self) -> None:
        """Kill the process and what it started; nobody waits for it here."""
        with self._ending:
            if self.alive:
                self._end()

    def _end(self) -> None:
        if self._job is not None:
            self._job.end()
        elif sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        self.process.kill()


def _command() -> tuple[str, ...]:
    """Return the worker's program.

    On Windows a virtual environment's Python starts the real one as a second process, for which the job has no room.
    """
    real = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return (real or COMMAND[0], *COMMAND[1:])


def _chunks(pipe: IO[bytes] | None) -> Iterator[bytes]:
    """Yield what comes out of a pipe, and an empty piece at its end."""
    assert pipe is not None
    with contextlib.suppress(OSError, ValueError):  # closed by `kill`
        while chunk := pipe.read(1 << 16):
            yield chunk
    yield b""


def _handle(process: subprocess.Popen[bytes]) -> int:
    # Private, but the only handle with the right to assign the process, and there since Python 2.4.
    return int(process._handle)  # type: ignore[attr-defined]  # noqa: SLF001 - on Windows it is there
