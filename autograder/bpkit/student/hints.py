"""Opening hints: what `bpkit hint` does, and the key h of `bpkit watch`."""

from __future__ import annotations

from bpkit.course.spec import Exercise
from bpkit.errors import BadFile
from bpkit.judging.standing import Hints, State
from bpkit.judging.verdict import Status
from bpkit.student import progress, standings
from bpkit.student.workspace import Workspace

_NEEDS_NONE = (Status.PASSED, Status.NOT_STARTED, Status.BLOCKED, Status.NOT_JUDGED)


def open_next(place: Workspace, exercise: Exercise) -> Hints | None:
    """Open the next hint and return those that are open; None where the exercise passes and needs none."""
    if standings.read(place)[exercise.id].state is State.PASSED:
        return None
    before, why_not = read(place, exercise), ""
    try:
        opened = progress.open_hint(place, exercise.id)
    except BadFile as error:
        opened, why_not = 0, f" {error}"
    if not opened:  # nobody is to be left without the next one
        opened = len(exercise.hints)
        why_not = f"All hints, because it cannot be kept which are open.{why_not}"
    return before._replace(opened=opened, new=opened > before.opened, why_not=why_not)


def read(place: Workspace, exercise: Exercise) -> Hints:
    """Return the hints that are open, and open none."""
    entry, path = progress.read(place).of(exercise.id), place.root / f"{exercise.id}.py"
    source = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    return Hints(entry.hints, entry.found, source)


def wanted(place: Workspace, exercise: Exercise, status: Status) -> bool:
    """Tell whether there is a hint left that may help after a check which came out so."""
    return status not in _NEEDS_NONE and progress.read(place).of(exercise.id).hints < len(exercise.hints)
