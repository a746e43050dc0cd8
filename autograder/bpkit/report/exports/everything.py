"""results.json: all that is known, for programs; `schema/results.v1.json` is its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import to_json
from bpkit.report.results import Result

SCHEMA = "bpkit/results/v1"


def write(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return the file: one line a student, so that a tool that compares two of them shows who changed."""
    del options
    lines = ["{", f'"schema": "{SCHEMA}",', '"exercises": [']
    lines += _listed(_exercise(exercise_id, exercises) for exercise_id in exercises)
    lines += ["],", '"students": [']
    lines += _listed(_student(result) for result in results)
    return "\n".join([*lines, "]", "}\n"]).encode("ascii")


def _listed(values: Iterable[dict[str, Any]]) -> list[str]:
    """Return one line for each value, with commas between them."""
    lines = [to_json(value, indent=None) for value in values]
    return [f"{line}," for line in lines[:-1]] + lines[-1:]


def _exercise(exercise_id: str, exercises: Exercises) -> dict[str, Any]:
    exercise = exercises[exercise_id]
    return {"id": exercise_id, "title": exercise.title, "max_points": exercise.points}


def _student(result: Result) -> dict[str, Any]:
    return {
        "student": result.student,
        "name": result.name,
        "outcome": result.outcome.value,
        "why": result.why,
        "score": result.score,
        "verdict": None if result.verdict is None else dict(result.verdict),
    }
