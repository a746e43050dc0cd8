"""What a cell of the table shows: a letter for each status, which is its class, its sign and its place in the order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from bpkit.judging.verdict import Status
from bpkit.report.exports import summary


class Kind(NamedTuple):
    """One kind of cell. letter: names it in the page's data and is its class; sign: what it shows; word: what it means."""

    letter: str
    sign: str
    word: str


NOTHING = Kind("x", "", "no result")
PARTLY = Kind("h", "◐", "partly right")
KINDS = {
    Status.PASSED: Kind("p", "✓", "passed"),
    Status.FAILED: Kind("f", "✗", "not right"),
    Status.BAD_RETURN: Kind("r", "R", "bad return"),
    Status.CRASHED: Kind("c", "C", "crashed"),
    Status.TIMED_OUT: Kind("t", "T", "timed out"),
    Status.OUT_OF_MEMORY: Kind("m", "M", "out of memory"),
    Status.NOT_JUDGED: Kind("q", "?", "not judged"),
    Status.BLOCKED: Kind("b", "–", "blocked"),  # noqa: RUF001 - it is a dash
    Status.NOT_STARTED: Kind("n", "·", "not started"),
}
# In the legend's order, which is the order when a column is sorted: from passed to nothing there.
ALL = (KINDS[Status.PASSED], PARTLY, *list(KINDS.values())[1:], NOTHING)


def kind(judged: Mapping[str, Any] | None) -> Kind:
    """Return the kind of one student's exercise; None where there is no result."""
    if judged is None:
        return NOTHING
    status = summary.status(judged)
    return PARTLY if status is Status.FAILED and judged["points"] else KINDS[status]
