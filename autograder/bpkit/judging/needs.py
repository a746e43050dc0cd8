"""Exercises that use earlier ones: an exercise is not to blame for what it took from another that does not pass.

For a student it is blocked then. Where there are stand-ins, such as the solutions when an instructor grades, it is
judged once more with these in the place of what does not pass.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping

from bpkit.course import catalog
from bpkit.course.spec import Exercise
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import ExerciseVerdict, Finding, Status

Judge = Callable[[Submission, Exercise], ExerciseVerdict]


def judged(
    exercises: Iterable[Exercise], submission: Submission, judge: Judge, stand_ins: Mapping[str, str]
) -> Iterator[ExerciseVerdict]:
    """Yield the exercises' verdicts, in order.

    stand_ins: text of a file that passes, by exercise; an exercise without one blocks those that use it.
    """
    known: dict[str, ExerciseVerdict] = {}

    def verdict_on(exercise: Exercise) -> ExerciseVerdict:
        if exercise.id not in known:
            known[exercise.id] = judge(submission, exercise)
        return known[exercise.id]

    for exercise in exercises:
        verdict = verdict_on(exercise)
        # What passes with parts that do not is right all the same; what is not written yet is not held up by them.
        if verdict.status in (Status.PASSED, Status.NOT_STARTED):
            yield verdict
            continue
        used = [catalog.find(exercise_id) for exercise_id in used_by(exercise, submission.files)]
        bad = [other.id for other in used if verdict_on(other).status is not Status.PASSED]
        if not bad:
            yield verdict
        elif stand_ins.keys() >= set(bad):
            files = {**submission.files, **{f"{other}.py": stand_ins[other] for other in bad}}
            yield _noted(judge(Submission(files), exercise), bad)
        else:
            yield _blocked(verdict, bad)


def used_by(exercise: Exercise, files: Mapping[str, str | None]) -> list[str]:
    """Return which of the exercises that it may use it imports, directly or through one another."""
    found: list[str] = []
    waiting = [exercise.id]
    while waiting:
        exercise_id = waiting.pop()
        imported = _imports(files.get(f"{exercise_id}.py") or "")
        for other in exercise.needs:
            chapter, _, name = other.partition("/")
            beside = chapter == exercise_id.partition("/")[0] and name in imported
            if other not in found and (f"{chapter}.{name}" in imported or beside):
                found.append(other)
                waiting.append(other)
    return sorted(found, key=exercise.needs.index)


def _imports(text: str) -> set[str]:
    """Return the names of the modules that a file imports, and of what it may take out of packages."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape is told where the file is run
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def _blocked(verdict: ExerciseVerdict, bad: list[str]) -> ExerciseVerdict:
    """Return the verdict with what does not pass blocked."""
    finding = Finding("needs", Status.BLOCKED, facts={"exercises": bad})
    parts = tuple(
        part
        if part.status is Status.PASSED
        else part._replace(status=Status.BLOCKED, points=0, findings=(finding,))
        for part in verdict.parts
    )
    return verdict._replace(status=Status.BLOCKED, parts=parts)


def _noted(verdict: ExerciseVerdict, bad: list[str]) -> ExerciseVerdict:
    """Return the verdict with a remark that says what stood in for what."""
    finding = Finding("stand_in", Status.PASSED, facts={"exercises": bad})
    first, *others = verdict.parts
    return verdict._replace(parts=(first._replace(findings=(*first.findings, finding)), *others))
