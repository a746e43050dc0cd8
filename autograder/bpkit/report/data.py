"""The verdict as one JSON object; `schema/verdict.v1.json` beside this file is its JSON Schema."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import SCHEMA, ExerciseVerdict, Finding, PartVerdict, Verdict
from bpkit.report import crop, words

SCHEMA_FILE = Path(__file__).parent / "schema" / "verdict.v1.json"


def to_json(verdict: Verdict, exercises: dict[str, Exercise], *, arrays: bool = False) -> str:
    """Return the verdict as JSON text, in ASCII: any terminal and any file can take it, and no CI log obeys it.

    arrays: with wrong arrays beside the right ones, see `to_data`.
    """
    text = json.dumps(to_data(verdict, exercises, arrays=arrays), indent=2, allow_nan=False)
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text)  # "##vso[…]", which only a string can hold


def to_data(verdict: Verdict, exercises: dict[str, Exercise], *, arrays: bool = False) -> dict[str, Any]:
    """Return the verdict as plain dictionaries and lists.

    arrays: give each finding about a wrong array of the right shape a key "arrays", which holds that array and
        the right one, cut to what a page can show (see `crop`). A ledger has no use for them.
    """
    return {
        "schema": SCHEMA,
        "score": verdict.score,
        "open_score": verdict.open_score,
        "max_score": verdict.max_score,
        "isolation": verdict.isolation,
        "exercises": [_exercise(judged, exercises[judged.id], arrays=arrays) for judged in verdict.exercises],
    }


def _exercise(judged: ExerciseVerdict, exercise: Exercise, *, arrays: bool) -> dict[str, Any]:
    return {
        "id": judged.id,
        "status": judged.status.value,
        "points": judged.points,
        "open_points": judged.open_points,
        "max_points": judged.max_points,
        "seconds": round(judged.seconds, 4),
        "output": judged.output,
        "parts": [_part(part, exercise, arrays=arrays) for part in judged.parts],
    }


def _part(part: PartVerdict, exercise: Exercise, *, arrays: bool) -> dict[str, Any]:
    return {
        "name": part.name,
        "status": part.status.value,
        "points": part.points,
        "max_points": part.max_points,
        "findings": [_finding(finding, exercise, part.name, arrays=arrays) for finding in part.findings],
    }


def _finding(finding: Finding, exercise: Exercise, function: str, *, arrays: bool) -> dict[str, Any]:
    error = finding.max_error
    found: dict[str, Any] = {
        "check": finding.check,
        "status": finding.status.value,
        "case": finding.case,
        "array": finding.array,
        "message": words.message(finding, exercise, function),
        "mistake": finding.mistake,
        "signature": finding.signature,
        "where": finding.where,
        "max_error": error if error is None or math.isfinite(error) else None,
    }
    if arrays and finding.compared:
        found["arrays"] = crop.shown(finding.compared)
    return found
