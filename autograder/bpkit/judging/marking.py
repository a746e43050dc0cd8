"""Findings to points: a part has all of its points or none; a passed finding is a remark and costs nothing."""

from __future__ import annotations

from bpkit.course.spec import Part
from bpkit.judging.verdict import Finding, PartVerdict, Status, sum_up


def mark(part: Part, findings: tuple[Finding, ...]) -> PartVerdict:
    """Return the part's verdict."""
    status = sum_up(tuple(finding.status for finding in findings))
    earned = part.points if status is Status.PASSED else 0
    return PartVerdict(part.function, status, earned, part.points, findings)
