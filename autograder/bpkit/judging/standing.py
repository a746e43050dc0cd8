"""How an exercise stands in a workspace: what checks have said of it, and whether the file is still the one they saw.

Values only: `student` fills them in, and `report` shows them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status


class State(StrEnum):
    """How a file stands today. changed: checked once, and edited since; begun: edited, and never checked."""

    PASSED = "passed"
    FAILED = "failed"
    CHANGED = "changed"
    BEGUN = "begun"
    NOT_STARTED = "not_started"
    MISSING = "missing"


class Found(NamedTuple):
    """What a check found first: enough to point at it again. The names are those of `verdict.Finding`."""

    part: str
    check: str
    array: str | None = None
    mistake: str | None = None
    signature: str | None = None


class Hints(NamedTuple):
    """The first hints of an exercise, and what the first of them points at.

    opened: how many are open. found: what the last check found. source: the student's file as it is.
    new: the last one was opened just now. why_not: why all are open, where it cannot be kept which are.
    """

    opened: int
    found: Found | None = None
    source: str = ""
    new: bool = False
    why_not: str = ""


class Standing(NamedTuple):
    """One exercise in one workspace.

    path: the file, for an editor to open.
    points: of the file as it is; 0 unless the last check saw this very file.
    status: what the last check said, whether or not the file is still the same.
    checked, passed: when last, and when first; "" where never.
    waits_for: ids among the exercise's `needs` that do not pass.
    """

    exercise: Exercise
    path: str
    state: State
    points: int = 0
    status: Status | None = None
    checked: str = ""
    passed: str = ""
    waits_for: tuple[str, ...] = ()
