"""results.json for PrairieLearn's external grader: one student, one test for each function.

After its documentation, "External grading": `score` from 0 to 1; with `gradable` false no points are won or lost and
no attempt is used up. That is the place for all that is no grade. A test needs both its points or none is shown, and
one with 0 of 0 is shown in grey, as neither right nor wrong. The file may have 1 MB.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bpkit.report import words
from bpkit.report.exports import summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises, Told
from bpkit.report.exports.text import plain, to_json
from bpkit.report.results import Result

_MOST = 900_000  # bytes, of 1 MB


def write(result: Result, exercises: Exercises, options: Options) -> bytes:
    """Return the file for one student; what the code printed is left out where the file would be too large."""
    del options
    text = to_json(_data(result, exercises, printed=True))
    if len(text) > _MOST:
        text = to_json(_data(result, exercises, printed=False))
    return f"{text}\n".encode("ascii")


def _data(result: Result, exercises: Exercises, *, printed: bool) -> dict[str, Any]:
    score = summary.settled(result)
    headline = plain(summary.headline(result))
    data: dict[str, Any] = {
        "gradable": score is not None,
        "message": headline,
        "bpkit": {"outcome": result.outcome.value},
    }
    if result.verdict is not None:
        data["tests"] = list(_tests(result.verdict, exercises, printed=printed))
    if score is None or result.verdict is None:
        return {**data, "format_errors": [headline]}
    return {**data, "score": score / result.verdict["max_score"] if result.verdict["max_score"] else 1.0}


def _tests(verdict: Mapping[str, Any], exercises: Exercises, *, printed: bool) -> Iterator[dict[str, Any]]:
    for judged in verdict["exercises"]:
        output = plain(judged["output"]) if printed else ""
        for place, part in enumerate(summary.told(judged)):
            test = _test(part, summary.title(judged["id"], exercises))
            yield {**test, "output": output} if output and place == 0 else test


def _test(part: Told, title: str) -> dict[str, Any]:
    return {
        "name": f"{title} · {part.name}: {words.STATUS[part.status]}",
        "points": part.points or 0,
        "max_points": 0 if part.points is None else part.max_points,
        "message": plain(summary.explained(part)),
        "status": part.status.value,
    }
