"""The verdict for GitHub Actions: annotations at the student's lines, and a job summary in Markdown.

GitHub shows the first ten errors, warnings and notices of a step, so there is one for each function, and none for what is
merely not started: the summary has it all.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import data, words
from bpkit.report.exports import markdown, summary
from bpkit.report.exports.text import plain
from bpkit.report.results import Outcome, Result

Files = Mapping[str, str | None]
_LEVELS = {Status.NOT_STARTED: "notice", Status.BLOCKED: "notice", Status.NOT_JUDGED: "warning"}
_LONGEST = 4000  # characters of one annotation, which is a box beside the code
_LARGEST = 900_000  # bytes of a summary; GitHub refuses one that is larger than 1 MiB as a whole


def commands(verdict: Verdict, exercises: Mapping[str, Exercise], files: Files, folder: str = "") -> str:
    """Return the workflow commands, a line each.

    files: the submission's, by their paths in the workspace. folder: the workspace's path in the repository.
    """
    lines: list[str] = []
    for judged in verdict.exercises:
        said: set[str] = set()
        for part in judged.parts:
            lines += _annotation(judged, part, exercises[judged.id], files, folder, said)
    return "\n".join(lines)


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


def _annotation(
    judged: ExerciseVerdict,
    part: PartVerdict,
    exercise: Exercise,
    files: Files,
    folder: str,
    said: set[str],
) -> Iterator[str]:
    """Yield the command for one function, if there is anything to say that was not said about another."""
    told = []
    for finding in part.findings:
        if finding.status is Status.PASSED or (
            finding.check == "not_started" and "line" not in finding.facts
        ):
            continue
        message = words.message(finding, exercise, part.name)
        if message not in said:
            said.add(message)
            told.append((finding, message))
    if not told:
        return
    path, line = _place(told[0][0], f"{judged.id}.py", part.name, files)
    properties = {
        "file": f"{folder}/{path}" if folder else path,
        **({"line": str(line)} if line else {}),
        "title": f"{judged.title}, {part.name}: {words.STATUS[part.status]}",
    }
    stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = plain("\n\n".join(message for _, message in told))
    if len(text) > _LONGEST:
        text = f"{text[:_LONGEST]} …"
    yield f"::{_LEVELS.get(part.status, 'error')} {stated}::{_data(text)}"


def _place(finding: Finding, own: str, function: str, files: Files) -> tuple[str, int | None]:
    """Return the file and the line: what the finding knows, or the function's own head.

    What it knows came from the student's process, which may say anything: it is held against the files.
    """
    facts = finding.facts
    known = [(facts.get("path", own), facts["line"])] if "line" in facts else []
    known += [(frame["path"], frame["line"]) for frame in reversed(facts.get("frames", ()))]
    for path, line in known:
        text = files.get(path)
        if text and 1 <= line <= text.count("\n") + 1:
            return path, line
    return own, _head(files.get(own) or "", function)


def _head(text: str, function: str) -> int | None:
    """Return the line of the function's `def`, the last one where there are several."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "\d" in a student's string is no matter of ours
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == function
    ]
    return max(lines, default=None)


def _data(text: str) -> str:
    """Escape a message as GitHub's own toolkit does, and what its older commands begin with ("##[error]")."""
    text = re.sub(r"#(?=#\w*\[)", r"\\x23", text)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
