"""Checks in the background, one at a time: a new one ends the one that runs."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from bpkit.course import catalog
from bpkit.course.courses import Course
from bpkit.course.spec import Exercise
from bpkit.errors import InfrastructureError
from bpkit.judging import isolation, judge, process
from bpkit.judging.leash import Leash, Stopped
from bpkit.judging.process import Launcher
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Verdict
from bpkit.reference import pack
from bpkit.reference.pack import Pack, Recording
from bpkit.student import workspace
from bpkit.student.workspace import Workspace

_PATIENCE = 5.0  # seconds


class Judged(NamedTuple):
    """A check's verdict. number: what `Checker.start` returned; seconds: from then on."""

    number: int
    verdict: Verdict
    submission: Submission
    seconds: float


class Broken(NamedTuple):
    """A check that came to no verdict."""

    number: int
    error: Exception


class _Request(NamedTuple):
    number: int
    exercise: Exercise
    began: float


class Checker:
    """Judges in a thread of its own, with a launcher and references that stay from check to check.

    launcher: closed with this.
    """

    def __init__(self, place: Workspace, launcher: Launcher, tell: Callable[[Judged | Broken], None]) -> None:
        self._place, self._launcher, self._tell = place, launcher, tell
        self._references = _References(place)
        self._level: int | None = None  # the isolation level that was proved for this launcher
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._number = 0  # of the check that is wanted; an older one's verdict is not told
        self._leash: Leash | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def start(self, exercise: Exercise) -> int:
        """Check an exercise, and nothing else any more; return the check's number."""
        self.stop()
        self._requests.put(_Request(self._number, exercise, time.perf_counter()))
        return self._number

    def stop(self) -> None:
        """End the check that runs. There will be no verdict of it."""
        with self._lock:
            self._number += 1
            if self._leash is not None:
                self._leash.stop()

    def close(self) -> None:
        """End it, its workers and its launcher."""
        self.stop()
        self._requests.put(None)
        self._thread.join(_PATIENCE)
        self._launcher.close()  # which wakes the thread, if the launcher hung

    def _run(self) -> None:
        while (request := self._requests.get()) is not None:
            told: Judged | Broken | None
            try:
                told = self._judge(request)
            except Exception as error:  # noqa: BLE001 - whoever waits for the verdict has to hear of it
                told = Broken(request.number, error)
            with self._lock:
                self._leash = None
                current = request.number == self._number
            if told is not None and current:
                self._tell(told)

    def _judge(self, request: _Request) -> Judged | None:
        try:
            return self._attempt(request)
        except Stopped:
            return None
        except InfrastructureError:
            with self._lock:
                if request.number != self._number:
                    return None
        # Somebody has killed the launcher, or it ran out of something: once more with a new one.
        self._launcher.close()
        self._launcher, self._level = process.start(), None
        try:
            return self._attempt(request)
        except Stopped:
            return None

    def _attempt(self, request: _Request) -> Judged:
        with self._lock:
            if request.number != self._number:
                raise Stopped
            self._leash = leash = Leash(self._launcher)
        submission = workspace.read(self._place)
        recordings = self._references.of(request.exercise)
        if self._level is None:
            self._level = isolation.prove(leash).level
        verdict = Verdict((judge.judge(leash, submission, request.exercise, recordings),), self._level)
        return Judged(request.number, verdict, submission, time.perf_counter() - request.began)


class _References:
    """The recordings of the exercises that were asked for, read again where the pack is another one."""

    def __init__(self, place: Workspace) -> None:
        self._place = place
        self._version: dict[Course, tuple[object, ...]] = {}
        self._packs: dict[Course, Pack] = {}
        self._known: dict[str, tuple[Recording, ...]] = {}

    def of(self, exercise: Exercise) -> tuple[Recording, ...]:
        course = catalog.course_of(exercise.id)
        path = self._place.pack_of(course)
        state = path.stat() if path.is_file() else None
        version = (path, state.st_mtime_ns, state.st_size, state.st_ino) if state else (path,)
        if version != self._version.get(course):
            self._packs[course], self._version[course], self._known = pack.open_file(path), version, {}
        if exercise.id not in self._known:
            self._known[exercise.id] = self._packs[course].load(exercise)
        return self._known[exercise.id]
