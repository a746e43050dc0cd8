"""Puts a fresh stub in an exercise's place; what was there is kept beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bpkit.course import catalog
from bpkit.student import files, shipped
from bpkit.student.workspace import Workspace


def is_needed(workspace: Workspace, exercise_id: str) -> bool:
    """Tell whether the file differs from the course's stub."""
    inside = f"{exercise_id}.py"
    stub = catalog.stub(exercise_id)
    return files.fingerprint_of(workspace.root / inside) != files.fingerprint_of(stub)


def reset(workspace: Workspace, exercise_id: str, now: datetime) -> Path | None:
    """Write the course's stub; return where the old file is kept, or None where there was none."""
    inside = f"{exercise_id}.py"
    target, stub = workspace.root / inside, catalog.stub(exercise_id).read_bytes()
    copy = files.keep(target, now) if target.exists() else None
    target.parent.mkdir(parents=True, exist_ok=True)
    files.write(target, stub)
    shipped.add(workspace.root, {inside: files.fingerprint(stub)})
    return copy
