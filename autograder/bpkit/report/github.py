"""The verdict for GitHub Actions: annotations at the student's lines, and a job summary in Markdown.

GitHub shows the first ten errors, warnings and notices of a step, so there is one for each function, and none for what is
merely not started: the summary has it all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status, Verdict
from bpkit.report import data, words
from bpkit.report.exports import markdown, summary
from bpkit.report.exports.text import plain
from bpkit.report.located import Files, Remark, remarks
from bpkit.report.results import Outcome, Result

_LEVELS = {Status.NOT_STARTED: "notice", Status.BLOCKED: "notice", Status.NOT_JUDGED: "warning"}
_LONGEST = 4000  # characters of one annotation, which is a box beside the code
_LARGEST = 900_000  # bytes of a summary; GitHub refuses one that is larger than 1 MiB as a whole


def commands(verdict: Verdict, exercises: Mapping[str, Exercise], files: Files, folder: str = "") -> str:
    """Return the workflow commands, a line each.

    files: the submission's, by their paths in the workspace. folder: the workspace's path in the repository.
    """
    return "\n".join(_annotation(remark, folder) for remark in remarks(verdict, exercises, files))


def job_summary(verdict: Verdict, exercises: Mapping[str, Exercise]) -> str:
    """Return the job's summary: what came out of each exercise, then what to say about those that were begun."""
    found: Mapping[str, Any] = data.to_data(verdict, dict(exercises))
    headline = summary.headline(Result("", "", Outcome.GRADED, "", found))
    rows = [
        f"| `{judged['id']}` | {words.STATUS[summary.status(judged)]} | {_points(judged)} |"
        for judged in found["exercises"]
    ]
    text = "\n".join([f"# {headline}", "", "| exercise | | points |", "|---|---|---|", *rows, ""])
    for judged in found["exercises"]:
        if summary.status(judged) in (Status.PASSED, Status.NOT_STARTED):
            continue
        block = "\n".join(["", *markdown.exercise(judged, exercises), ""])
        if len((text + block).encode()) > _LARGEST:
            return f"{text}\nThe rest is left out here: the job's log has it.\n"
        text += block
    return text


def _points(judged: Mapping[str, Any]) -> str:
    still = f", {judged['open_points']} not judged" if judged["open_points"] else ""
    return f"{judged['points']} of {judged['max_points']}{still}"


def _annotation(remark: Remark, folder: str) -> str:
    judged, part = remark.judged, remark.part
    properties = {
        "file": f"{folder}/{remark.path}" if folder else remark.path,
        **({"line": str(remark.line)} if remark.line else {}),
        "title": f"{judged.title}, {part.name}: {words.STATUS[part.status]}",
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = plain("\n\n".join(remark.messages))
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} …"
    return f"::{_LEVELS.get(part.status, 'error')} {stated}::{_data(text)}"


def _data(text: str) -> str:
    """Escape a message as GitHub's own toolkit does, and what its older commands begin with ("##[error]")."""
    text = re.sub(r"#(?=#\w*\[)", r"\\x23", text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
