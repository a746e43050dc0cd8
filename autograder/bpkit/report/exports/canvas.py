"""A file for Canvas's "Import gradebook": as `lib/gradebook_importer.rb` of canvas-lms reads it.

The importer goes by the first cells of the header, takes a row with "Points Possible" in its first cell for the
assignment's maximum, and finds a student by "ID" (Canvas's own number), "SIS User ID" or "SIS Login ID", then by name.
Any further column would become an assignment, so there is no place for a remark: an empty cell says that there is no
grade, and a second table says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bpkit.report.exports import sheet, summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line
from bpkit.report.results import Result

_IDENTIFIERS = ("ID", "SIS User ID", "SIS Login ID")


def write(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return the table to import. No byte order mark: it would be part of the first header."""
    return sheet.to_csv(_grades(results, exercises, options), bom=False)


def write_left_out(results: Sequence[Result], exercises: Exercises, options: Options) -> bytes:
    """Return a table of those whose grade is left empty, and why. It is for people."""
    del exercises, options
    return sheet.to_csv(_left_out(results), bom=True)


def _grades(results: Sequence[Result], exercises: Exercises, options: Options) -> Iterator[list[sheet.Cell]]:
    yield ["Student", *_IDENTIFIERS, "Section", line(options.assignment)]
    yield ["    Points Possible", None, None, None, None, summary.possible(exercises)]
    for result in results:
        student = line(result.student)
        yield [
            _name(line(result.name) or student),
            *(student if column == options.identifier else None for column in _IDENTIFIERS),
            None,
            summary.settled(result),
        ]


def _name(name: str) -> str:
    """Return the name; one with these words in it would set the assignment's maximum."""
    return name.replace("Points Possible", "Points-Possible")


def _left_out(results: Sequence[Result]) -> Iterator[list[sheet.Cell]]:
    yield ["id", "name", "outcome", "why there is no grade"]
    for result in results:
        if summary.settled(result) is None:
            yield [
                line(result.student),
                line(result.name),
                summary.OUTCOMES[result.outcome],
                summary.headline(result),
            ]
