"""Where in a student's files each thing is that there is to say: for editors and CI systems, which point at lines."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import words

Files = Mapping[str, str | None]


class Remark(NamedTuple):
    """What there is to say about one function. line: None where not even the function's head is there."""

    judged: ExerciseVerdict
    part: PartVerdict
    path: str
    line: int | None
    messages: tuple[str, ...]


def remarks(verdict: Verdict, exercises: Mapping[str, Exercise], files: Files) -> Iterator[Remark]:
    """Yield one for each function about which there is something to say that was not said about another.

    files: the submission's, by their paths in the workspace.
    """
    for judged in verdict.exercises:
        said: set[str] = set()
        for part in judged.parts:
            told = _told(part, exercises[judged.id], said)
            if told:
                path, line = _place(told[0][0], f"{judged.id}.py", part.name, files)
                yield Remark(judged, part, path, line, tuple(message for _, message in told))


def _told(part: PartVerdict, exercise: Exercise, said: set[str]) -> list[tuple[Finding, str]]:
    """Return what is new, and not merely "not started"."""
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
    return told


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
