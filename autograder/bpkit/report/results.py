"""What grading many submissions gives, one value a student; every export is a function of these."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Outcome(StrEnum):
    """What became of a submission as a whole. Four different things, and none of them is "0 points"."""

    GRADED = "graded"
    REFUSED = "refused"  # it cannot be graded as it was handed in
    NOT_HANDED_IN = "not_handed_in"  # the roster names the student, and there is nothing
    NOT_JUDGED = "not_judged"  # a fault of ours or of the machine's; grading again may help


class Result(NamedTuple):
    """One student's result.

    why: a sentence, where it was not graded.
    verdict: the verdict as `data.to_data` gives it (schema bpkit/verdict/v1); None where it was not graded.
    """

    student: str
    name: str
    outcome: Outcome
    why: str
    verdict: Mapping[str, Any] | None

    @property
    def score(self) -> int | None:
        """Points earned; None where there is no verdict."""
        return None if self.verdict is None else int(self.verdict["score"])
