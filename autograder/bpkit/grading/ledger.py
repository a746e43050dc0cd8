"""The ledger: what each student's submission came to, one SQLite transaction each, so that a killed run loses nothing.

A row is keyed by what it was graded from: the files, the pack, the exercises and bpkit's version. A submission whose
key has not changed is not graded again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, overload

from bpkit.errors import BadFile, LedgerInUse
from bpkit.report.results import Outcome, Result

FILE, LOCK = "ledger.sqlite", "ledger.lock"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS results (
    student TEXT PRIMARY KEY, name TEXT NOT NULL, key TEXT NOT NULL,
    outcome TEXT NOT NULL, why TEXT NOT NULL, verdict TEXT NOT NULL
) WITHOUT ROWID
"""


class Known(NamedTuple):
    """What the ledger knows of a student without reading the verdict."""

    name: str
    key: str
    outcome: Outcome


class Ledger:
    """An open ledger that this process alone writes. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(folder)
        except OSError as error:
            raise BadFile(f"{folder} cannot be used for results: {error.strerror}.") from error
        try:
            self._connection = _connect(folder / FILE)
        except BadFile:
            self._lock.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._lock.close()

    def known(self, student: str) -> Known | None:
        """Return what is known of a student, or None."""
        row = self._connection.execute(
            "SELECT name, key, outcome FROM results WHERE student = ?", (student,)
        ).fetchone()
        return Known(row[0], row[1], Outcome(row[2])) if row else None

    def write(self, student: str, name: str, key: str, outcome: Outcome, why: str, verdict: str) -> None:
        """Write one student's result, for good."""
        try:
            self._connection.execute(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)",
                (student, name, key, outcome.value, why, verdict),
            )
        except sqlite3.DatabaseError as error:
            raise BadFile(
                f"The result of {student} cannot be written to the ledger: {error}. Is the disk full? What was graded "
                "before is kept."
            ) from error

    def rename(self, student: str, name: str) -> None:
        """Note another name for a student."""
        self._connection.execute("UPDATE results SET name = ? WHERE student = ?", (name, student))

    def results(self) -> Results:
        """Return all results."""
        return Results(self._connection)


class Results(Sequence[Result]):
    """The results in the order of the students' ids, read from the ledger one by one. Use as a context manager."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._students = [
            row[0] for row in connection.execute("SELECT student FROM results ORDER BY student")
        ]

    def __enter__(self) -> Results:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def __len__(self) -> int:
        return len(self._students)

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> list[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | list[Result]:
        """Read one result, or several."""
        if isinstance(index, slice):
            return [self._read(student) for student in self._students[index]]
        return self._read(self._students[index])

    def __iter__(self) -> Iterator[Result]:
        return map(self._read, self._students)

    def _read(self, student: str) -> Result:
        name, outcome, why, verdict = self._connection.execute(
            "SELECT name, outcome, why, verdict FROM results WHERE student = ?", (student,)
        ).fetchone()
        return Result(student, name, Outcome(outcome), why, json.loads(verdict) if verdict else None)


def read(folder: Path) -> Results:
    """Open a ledger to read it, also while a run writes it; `BadFile` where there is none."""
    if not (folder / FILE).is_file():
        raise BadFile(f"There is no {FILE} in {folder}. `bpkit grade SUBMISSIONS --out {folder}` makes one.")
    return Results(_connect(folder / FILE))


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)  # each statement is a transaction of its own
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version in (0, _VERSION):
            # Readers go on while it is written, and a process that is killed leaves whole transactions only.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            if version == 0:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            return connection
        problem = "was written by another version of bpkit. Name another folder with --out"
    except sqlite3.DatabaseError as error:
        problem = f"is no ledger of bpkit's, or it is damaged: {error}"
    connection.close()
    raise BadFile(f"{path} {problem}.")


def _lock(folder: Path) -> IO[str]:
    import fcntl  # noqa: PLC0415 - grading is for Linux

    file = (folder / LOCK).open("w")
    try:
        fcntl.flock(
            file, fcntl.LOCK_EX | fcntl.LOCK_NB
        )  # the kernel gives it back, however this process ends
    except BlockingIOError as error:
        file.close()
        raise LedgerInUse(
            f"Another bpkit grade is writing to {folder}. Wait for it, or name another folder with --out."
        ) from error
    return file
