"""A file for Moodle's "Import grades from CSV", whose columns are mapped by hand when it is imported.

Where there is no grade stands "-", as in Moodle's own exports. An empty cell would do for a grade item that exists, but
one that is made on import would get a 0 (`grade/import/csv/classes/load_data.php`). A grade above 100 stops the whole
import unless the site allows more, so there is a column in percent as well: map one of the two. Map the feedback with
it: Moodle warns that importing one without the other loses grades.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bpkit.judging.verdict import Status
from bpkit.report.exports import sheet, summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line
from bpkit.report.results import Result

_NO_GRADE = "-"


def write(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return the table: who it is, points, percent, and a sentence of feedback."""
    del exercises
    return sheet.to_csv(_rows(results, options), bom=False)


def _rows(results: Sequence[Result], options: Options) -> Iterator[list[sheet.Cell]]:
    title = line(options.assignment)
    yield ["Username", "Full name", f"{title} (points)", f"{title} (percent)", f"{title} (feedback)"]
    for result in results:
        score = summary.settled(result)
        most = 0 if result.verdict is None else result.verdict["max_score"]
        yield [
            line(result.student),
            line(result.name),
            _NO_GRADE if score is None else score,
            _NO_GRADE if score is None or not most else round(100 * score / most, 2),
            f"{summary.headline(result)}{_not_passed(result)}",
        ]


def _not_passed(result: Result) -> str:
    listed = ", ".join(
        f"{exercise_id} ({summary.word(judged)})"
        for exercise_id, judged in summary.by_id(result).items()
        if summary.status(judged) is not Status.PASSED
    )
    return f" Not passed: {listed}." if listed else ""
