"""Findings to points: a part has all of its points or none; a passed finding is a remark and costs nothing.

What could not be judged has no points, which is not the same as none of them.
"""

from __future__ import annotations

from bpkit.course.spec import Part
from bpkit.judging.verdict import Finding, PartVerdict, Status, sum_up


def mark(part: Part, findings: tuple[Finding, ...]) -> PartVerdict:
    """Return the part's verdict."""
    status = sum_up(tuple(finding.status for finding in findings))
    earned = {Status.PASSED: part.points, Status.NOT_JUDGED: None}.get(status, 0)
    return PartVerdict(part.function, status, earned, part.points, findings)
