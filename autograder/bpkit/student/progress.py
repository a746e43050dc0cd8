"""What checks have said of a workspace's exercises, kept in `progress.json` there.

It holds nothing that a check would not find again but history: when an exercise first passed, how many checks it took,
which hints are open. Nobody's grade is read from it.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from bpkit.course import catalog
from bpkit.errors import BadFile
from bpkit.judging.runner import Submission
from bpkit.judging.standing import Found
from bpkit.judging.verdict import ExerciseVerdict, Status, Verdict
from bpkit.student import files
from bpkit.student.workspace import Workspace

NAME, SCHEMA = "progress.json", "bpkit/progress/v1"
HINTS = 3
_LOCK = f".{NAME}.lock"
_PATIENCE, _STALE = 1.0, 10.0  # seconds: to wait for another process, and after which it must have died
_SAYS_NOTHING = ("not_started", "blocked_by", "forward_first", "mend_forward")


class Entry(NamedTuple):
    """What is known of one exercise.

    digest: of the file that was checked last; see `files.fingerprint`.
    checked, passed: when last, and when first, as "2026-03-01T20:15:09.120417Z"; "" where never.
    found: what the last check found first.
    """

    status: Status = Status.NOT_STARTED
    points: int = 0
    max_points: int = 0
    digest: str = ""
    checked: str = ""
    passed: str = ""
    checks: int = 0
    hints: int = 0
    found: Found | None = None


class Progress(NamedTuple):
    """Everything that is known, by the exercise's id."""

    entries: Mapping[str, Entry] = MappingProxyType({})

    def of(self, exercise_id: str) -> Entry:
        """Return what is known of an exercise: an empty entry where that is nothing."""
        return self.entries.get(exercise_id, Entry())

    @property
    def last(self) -> str | None:
        """The exercise that was checked last: of several at once, the first that was begun and does not pass."""
        newest = max((entry.checked for entry in self.entries.values()), default="")
        together = [
            name for name in catalog.ids() if newest and self.entries.get(name, Entry()).checked == newest
        ]
        done = (Status.PASSED, Status.NOT_STARTED)
        open_ones = [name for name in together if self.entries[name].status not in done]
        return next(iter(open_ones or together), None)


def read(workspace: Workspace) -> Progress:
    """Return what is kept. What is missing or damaged counts as never checked."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        data = json.loads((workspace.root / NAME).read_bytes())
        if isinstance(data, dict) and data.get("schema") == SCHEMA:
            return _parsed(data.get("exercises"))
    return Progress()


def record(workspace: Workspace, verdict: Verdict, submission: Submission) -> None:
    """Keep what a check has said; `BadFile` where it cannot be written.

    What could not be judged is not kept, and neither is an unstarted exercise among others: that is what none at all says.
    """
    alone = len(verdict.exercises) == 1
    now = _now()

    def add(entries: dict[str, Entry]) -> None:
        for judged in verdict.exercises:
            unstarted = judged.status is Status.NOT_STARTED and not alone and judged.id not in entries
            if judged.status is Status.NOT_JUDGED or unstarted:
                continue
            entries[judged.id] = _entry(
                entries.get(judged.id, Entry()), judged, _digest(workspace, judged.id, submission), now
            )

    _change(workspace, add)


def open_hint(workspace: Workspace, exercise_id: str) -> int:
    """Open the next hint of an exercise and return how many are open; `BadFile` where that cannot be kept.

    In a clone's `exercises/` nothing is kept, and the answer is 0.
    """
    opened = 0

    def add(entries: dict[str, Entry]) -> None:
        nonlocal opened
        before = entries.get(exercise_id, Entry(max_points=catalog.find(exercise_id).points))
        opened = min(before.hints + 1, HINTS)
        entries[exercise_id] = before._replace(hints=opened)

    _change(workspace, add)
    return opened


def _entry(before: Entry, judged: ExerciseVerdict, digest: str, now: str) -> Entry:
    passed = judged.status is Status.PASSED
    return Entry(
        judged.status,
        judged.points,
        judged.max_points,
        digest,
        now,
        before.passed or (now if passed else ""),
        before.checks + 1,
        before.hints,
        None if passed else _found(judged),
    )


def _found(judged: ExerciseVerdict) -> Found | None:
    """Return the first thing that a student can mend."""
    for part in judged.parts:
        for finding in part.findings:
            if finding.status is not Status.PASSED and finding.check not in _SAYS_NOTHING:
                return Found(part.name, finding.check, finding.array, finding.mistake, finding.signature)
    return None


def _digest(workspace: Workspace, exercise_id: str, submission: Submission) -> str:
    """Return the digest of what was checked, which need not be what is on the disk by now."""
    path = f"{exercise_id}.py"
    text = submission.files.get(path)
    if text is not None:
        return files.fingerprint(text.encode())
    return files.fingerprint_of(workspace.root / path) or ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _change(workspace: Workspace, change: Callable[[dict[str, Entry]], None]) -> None:
    if workspace.of_the_course:
        return
    path = workspace.root / NAME
    try:
        with _alone(workspace.root / _LOCK):
            _refuse_newer(path)
            entries = dict(read(workspace).entries)
            change(entries)
            files.write(path, _text(entries).encode())
    except OSError as error:
        raise BadFile(f"{path} cannot be written: {error.strerror}.") from error


def _refuse_newer(path: Path) -> None:
    """Refuse to write over what another version of bpkit keeps; what is merely damaged is put aside."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        data = None
    schema = data.get("schema") if isinstance(data, dict) else None
    if isinstance(schema, str) and schema.startswith("bpkit/progress/") and schema != SCHEMA:
        raise BadFile(f"{path} was written by a newer bpkit, and is left as it is.")
    if schema != SCHEMA:
        files.write(path.with_name(f"{NAME}.damaged.txt"), content)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other processes from writing meanwhile, as long as all goes well: a dead one's lock is no reason to wait."""
    deadline = time.monotonic() + _PATIENCE
    mine = False
    while not mine and time.monotonic() < deadline:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            mine = True
        except FileExistsError:
            with contextlib.suppress(OSError):
                if time.time() - lock.stat().st_mtime > _STALE:
                    lock.unlink()
            time.sleep(0.01)
    try:
        yield
    finally:
        if mine:
            lock.unlink(missing_ok=True)


def _text(entries: Mapping[str, Entry]) -> str:
    data = {
        "schema": SCHEMA,
        "exercises": {
            name: {**entry._asdict(), "found": entry.found and entry.found._asdict()}
            for name, entry in entries.items()
        },
    }
    return json.dumps(data, indent=2, sort_keys=True) + "\n"


def _parsed(exercises: object) -> Progress:
    found = exercises if isinstance(exercises, dict) else {}
    entries = {name: _parsed_entry(entry) for name, entry in found.items() if isinstance(entry, dict)}
    return Progress({name: entry for name, entry in entries.items() if entry is not None})


def _parsed_entry(data: Mapping[str, Any]) -> Entry | None:
    """Return the entry, or None where a hand or a merge has made something else of it."""
    plain = Entry()._asdict()
    if any(
        type(data.get(name)) is not type(plain[name]) for name in plain if name not in ("status", "found")
    ):
        return None
    try:
        status = Status(data.get("status", ""))
    except ValueError:
        return None
    numbers = [data[name] for name in ("points", "max_points", "checks", "hints")]
    if min(numbers) < 0 or data["hints"] > HINTS:
        return None
    known = {name: data[name] for name in plain if name not in ("status", "found")}
    return Entry(**known, status=status, found=_parsed_found(data.get("found")))


def _parsed_found(data: object) -> Found | None:
    if not isinstance(data, dict):
        return None
    values = [data.get(name) for name in Found._fields]
    if not all(isinstance(value, str) for value in values[:2]):
        return None
    return Found(*(value if isinstance(value, str) else None for value in values))  # type: ignore[arg-type]
