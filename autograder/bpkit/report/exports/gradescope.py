"""results.json for Gradescope's autograder: one student, one test for each function.

After its documentation, "Autograder Specifications": output format. Gradescope wants a number for what was handed in,
and refuses a file whose maxima do not add up to the assignment's points; so a function that could not be judged keeps
its maximum and has no score of its own. Where nothing at all could be judged there is no score either: Gradescope then
says that the autograder failed, which can be run again, and no 0 is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bpkit.judging.verdict import Status
from bpkit.report import words
from bpkit.report.exports import summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises, Told
from bpkit.report.exports.text import plain, to_json
from bpkit.report.results import Outcome, Result


def write(result: Result, exercises: Exercises, options: Options) -> bytes:
    """Return the file for one student."""
    data: dict[str, Any] = {
        "output": plain(summary.headline(result)),
        "output_format": "text",
        "test_output_format": "text",  # never HTML: messages quote what students wrote
        "test_name_format": "text",
        "visibility": options.visibility,
        "stdout_visibility": "hidden",
        "extra_data": {"bpkit": {"outcome": result.outcome.value}},
        "tests": [],
    }
    if result.outcome is not Outcome.NOT_JUDGED:
        data["score"] = result.score or 0
    if result.verdict is not None:
        data["execution_time"] = round(sum(judged["seconds"] for judged in result.verdict["exercises"]))
        data["tests"] = list(_tests(result.verdict, exercises, options))
    return (to_json(data) + "\n").encode("ascii")


def _tests(verdict: Any, exercises: Exercises, options: Options) -> Iterator[dict[str, Any]]:
    for judged in verdict["exercises"]:
        title = summary.title(judged["id"], exercises)
        for part in summary.told(judged):
            yield _test(part, judged["id"], title, options)


def _test(part: Told, exercise_id: str, title: str, options: Options) -> dict[str, Any]:
    test = {
        "name": f"{title} · {part.name}: {words.STATUS[part.status]}",
        "max_score": part.max_points,
        "output": plain(summary.explained(part)),
        "output_format": "text",
        "tags": [exercise_id, part.status.value],
        "visibility": options.visibility,
        "extra_data": {"bpkit": {"exercise": exercise_id, "status": part.status.value}},
    }
    if part.points is None:
        return test
    return {**test, "score": part.points, "status": "passed" if part.status is Status.PASSED else "failed"}
