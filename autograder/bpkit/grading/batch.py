"""Grades submissions as they are taken in, several at a time, and writes each to the ledger as soon as it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Any, NamedTuple

import bpkit
from bpkit.errors import BpkitError
from bpkit.grading import job
from bpkit.grading.handed import Handed
from bpkit.grading.job import Task
from bpkit.grading.ledger import Ledger
from bpkit.report.results import Outcome

_Answer = tuple[Outcome, str, str]
_KILLED = "The process that graded it was killed, twice. Is the machine short of memory? Grade it again."


class Step(NamedTuple):
    """One submission is done. graded: now, and not in an earlier run."""

    student: str
    outcome: Outcome
    graded: bool


class Pool(NamedTuple):
    """Where submissions are graded.

    open: makes an executor. window: how many submissions to keep in flight.
    pack: the pack's path, or what the executor makes its bytes of.
    """

    open: Callable[[], Executor]
    window: int
    pack: Any


class _Work(NamedTuple):
    handed: Handed
    key: str


def run(
    submissions: Iterable[Handed], ledger: Ledger, task: Task, pool: Pool, *, regrade: bool = False
) -> Generator[Step, None, None]:
    """Grade what has changed, or everything where told to; yield each submission as it is done."""
    flight = _Flight(task, pool)
    try:
        for handed in submissions:
            work = _Work(handed, _key(handed, task))
            if not _is_done(work, ledger, regrade=regrade):
                for done in flight.take_off(work):
                    yield _write(*done, ledger)
            elif handed.refused:
                ledger.write(handed.student, handed.name, work.key, Outcome.REFUSED, handed.refused, "")
                yield Step(handed.student, Outcome.REFUSED, graded=False)
            else:
                yield Step(handed.student, Outcome.GRADED, graded=False)
        for done in flight.land():
            yield _write(*done, ledger)
    finally:
        flight.close()


def note_absent(absent: Iterable[tuple[str, str]], ledger: Ledger) -> Iterator[Step]:
    """Note those who handed in nothing, by id and name, unless an earlier run has something of theirs."""
    for student, name in absent:
        known = ledger.known(student)
        if known is None or known.outcome is Outcome.NOT_HANDED_IN:
            ledger.write(student, name, "", Outcome.NOT_HANDED_IN, "Nothing was handed in.", "")
            yield Step(student, Outcome.NOT_HANDED_IN, graded=False)


def _key(handed: Handed, task: Task) -> str:
    """Return a digest of all that a result depends on."""
    digest = hashlib.sha256(
        repr((bpkit.__version__, task.pack_digest, task.exercises, task.stand_ins, handed.refused)).encode()
    )
    for path, text in sorted(handed.files.items()):
        digest.update(repr((path, text)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _is_done(work: _Work, ledger: Ledger, *, regrade: bool) -> bool:
    handed = work.handed
    if handed.refused:
        return True
    known = ledger.known(handed.student)
    if known is None or known.key != work.key or known.outcome is not Outcome.GRADED or regrade:
        return False
    if handed.name and handed.name != known.name:
        ledger.rename(handed.student, handed.name)
    return True


def _write(work: _Work, answer: _Answer, ledger: Ledger) -> Step:
    outcome, why, verdict = answer
    ledger.write(work.handed.student, work.handed.name, work.key, outcome, why, verdict)
    return Step(work.handed.student, outcome, graded=True)


class _Flight:
    """What is being graded: a bounded number at a time, so that memory does not grow with the class."""

    def __init__(self, task: Task, pool: Pool) -> None:
        self._task, self._pool = task, pool
        self._executor: Executor | None = None
        self._flying: dict[Future[_Answer], _Work] = {}

    def take_off(self, work: _Work) -> Iterator[tuple[_Work, _Answer]]:
        """Start one; yield those that are done meanwhile."""
        while len(self._flying) >= self._pool.window:
            yield from self._arrivals()
        try:
            self._flying[self._submit(work)] = work
        except BrokenExecutor:  # by one of those in flight
            yield from self._one_by_one(work)

    def land(self) -> Iterator[tuple[_Work, _Answer]]:
        """Yield what is left, as it is done."""
        while self._flying:
            yield from self._arrivals()

    def close(self) -> None:
        """Drop what has not started."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._executor = None

    def _submit(self, work: _Work) -> Future[_Answer]:
        if self._executor is None:
            self._executor = self._pool.open()
        return self._executor.submit(job.grade, self._task, self._pool.pack, dict(work.handed.files))

    def _arrivals(self) -> Iterator[tuple[_Work, _Answer]]:
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        for future in done:
            if isinstance(future.exception(), BrokenExecutor):
                yield from self._one_by_one()
                return
            yield self._flying.pop(future), _answer(future)

    def _one_by_one(self, *more: _Work) -> Iterator[tuple[_Work, _Answer]]:
        """Do again, each alone, what was in flight when a job was killed: only one of them may be to blame."""
        suspects, self._flying = [*self._flying.values(), *more], {}
        self.close()
        for work in suspects:
            try:
                future = self._submit(work)
                future.exception()
                answer = _answer(future)
            except BrokenExecutor:
                self.close()
                answer = Outcome.NOT_JUDGED, _KILLED, ""
            yield work, answer


def _answer(future: Future[_Answer]) -> _Answer:
    """Return the answer; an error that is the run's own is raised, and another one is this submission's."""
    try:
        return future.result()
    except (BpkitError, BrokenExecutor):
        raise
    except Exception as error:  # noqa: BLE001 - one submission never stops the others
        why = f"bpkit itself failed ({type(error).__name__}: {error}). That is our fault: please report it."
        return Outcome.NOT_JUDGED, why, ""
