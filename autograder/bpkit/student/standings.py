"""Where a student is: how each exercise stands, and which one is next."""

from __future__ import annotations

from collections.abc import Mapping

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.judging.standing import Standing, State
from bpkit.judging.verdict import Status
from bpkit.student import files, progress, shipped
from bpkit.student.progress import Entry
from bpkit.student.workspace import Workspace


def read(workspace: Workspace) -> dict[str, Standing]:
    """Return every exercise's standing, in the course's order. Nothing is run for it."""
    kept, written = progress.read(workspace), shipped.read(workspace.root)
    found = {name: _standing(workspace, catalog.find(name), kept.of(name), written) for name in catalog.ids()}
    return {
        name: standing._replace(
            waits_for=tuple(
                need
                for need in standing.exercise.needs
                if need in found and found[need].state is not State.PASSED
            )
        )
        for name, standing in found.items()
    }


def upcoming(standings: Mapping[str, Standing]) -> Standing | None:
    """Return the first exercise in the course's order that does not pass; None where all do."""
    return next((standing for standing in standings.values() if standing.state is not State.PASSED), None)


def _standing(workspace: Workspace, exercise: Exercise, entry: Entry, written: Mapping[str, str]) -> Standing:
    inside = f"{exercise.id}.py"
    digest = files.fingerprint_of(workspace.root / inside)
    state = _state(inside, digest, entry, written)
    current = state in (State.PASSED, State.FAILED)
    return Standing(
        exercise,
        str(workspace.root / inside),
        state,
        min(entry.points, exercise.points) if current else 0,
        entry.status if entry.checks else None,
        entry.checked,
        entry.passed,
    )


def _state(inside: str, digest: str | None, entry: Entry, written: Mapping[str, str]) -> State:
    if digest is None:
        return State.MISSING
    if entry.checks and entry.digest == digest:
        known = {Status.PASSED: State.PASSED, Status.NOT_STARTED: State.NOT_STARTED}
        return known.get(entry.status, State.FAILED)
    if digest in (written.get(inside), files.fingerprint_of(catalog.course_of(inside).exercises / inside)):
        return State.NOT_STARTED
    return State.CHANGED if entry.checks else State.BEGUN
