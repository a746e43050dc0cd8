"""The verdict as lines that VS Code's problem matcher reads (see `student/tasks.json`), as compilers write them."""

from __future__ import annotations

from collections.abc import Mapping

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status, Verdict
from bpkit.report.located import Files, remarks
from bpkit.report.terminal import neutral

_LEVELS = {Status.NOT_STARTED: "info", Status.BLOCKED: "info", Status.NOT_JUDGED: "warning"}
_SENTENCES = 2  # what is wrong, and the mistake; the rest is above, on the same terminal


def lines(verdict: Verdict, exercises: Mapping[str, Exercise], files: Files) -> str:
    """Return a line for each function that there is something to say about.

    Such as "layers/linear.py:14: error: linear_backward: db has the right shape and the wrong values. …".
    """
    found = []
    for remark in remarks(verdict, exercises, files):
        sentences = [line for line in remark.messages[0].split("\n") if not line.startswith((" ", 'case "'))]
        told = neutral(" ".join(sentences[:_SENTENCES]))
        level = _LEVELS.get(remark.part.status, "error")
        found.append(f"{remark.path}:{remark.line or 1}: {level}: {remark.part.name}: {told}")
    return "\n".join(found)
