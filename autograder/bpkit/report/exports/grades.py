"""grades.csv: one row a student, one column an exercise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bpkit.judging.verdict import Status
from bpkit.report.exports import sheet, summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line
from bpkit.report.results import Result


def write(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return the table. It is for people, so Excel's byte order mark is at its start."""
    del options
    return sheet.to_csv(_rows(results, exercises), bom=True)


def _rows(results: Sequence[Result], exercises: Exercises) -> Iterator[list[sheet.Cell]]:
    yield ["id", "name", "outcome", "score", "open", "max", *exercises, "note"]
    most = summary.possible(exercises)
    for result in results:
        verdict = result.verdict
        judged = summary.by_id(result)
        yield [
            line(result.student),
            line(result.name),
            summary.OUTCOMES[result.outcome],
            result.score,
            None if verdict is None else verdict["open_score"],
            most if verdict is None else verdict["max_score"],
            *(_cell(judged.get(exercise_id)) for exercise_id in exercises),
            line(result.why),
        ]


def _cell(judged: Mapping[str, Any] | None) -> sheet.Cell:
    """Return the points; where there are none, or not yet all, the word that says why.

    A wrong answer is a 0, which sums and averages count; a spreadsheet leaves words out of both.
    """
    if judged is None:
        return None
    status = summary.status(judged)
    if status is not Status.NOT_JUDGED and (judged["points"] or status in (Status.PASSED, Status.FAILED)):
        return int(judged["points"])
    return summary.word(judged)
