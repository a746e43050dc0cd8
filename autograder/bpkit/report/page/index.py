"""index.html: one file for the instructor that asks for nothing from anywhere. Its links go to `feedback/` beside it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bpkit.report.exports import summary
from bpkit.report.exports.html import hashed
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line
from bpkit.report.page import cells, chart, ranked, tally
from bpkit.report.page.ranked import List
from bpkit.report.page.table import legend, table
from bpkit.report.page.table import style as table_style
from bpkit.report.page.tally import Common
from bpkit.report.results import Result

_HERE = Path(__file__).parent
_STYLE = (_HERE / "page.css").read_text("utf-8")
_SCRIPT = (_HERE / "page.js").read_text("utf-8")
_LONGEST_OPTION = 90


def write(results: Sequence[Result], exercises: Exercises) -> bytes:
    """Return the page."""
    return "\n".join([*_head(exercises), *_body(results, exercises), ""]).encode()


def _head(exercises: Exercises) -> Iterator[str]:
    style = f"{_STYLE}{table_style(exercises)}"
    policy = (
        f"default-src 'none'; style-src {hashed(style)}; script-src {hashed(_SCRIPT)}; "
        "base-uri 'none'; form-action 'none'"
    )
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>The class</title>\n<style>{style}</style>\n</head>"


def _body(results: Sequence[Result], exercises: Exercises) -> Iterator[str]:
    made = tally.mistakes(results, exercises)
    yield '<body>\n<a class="skip" href="#mistakes">To the mistakes</a>'
    yield '<a class="skip" href="#table">To the table of students</a>\n<header><h1>The class</h1>'
    yield f"<p>{_outcomes(results)}</p>\n</header>\n<main>"
    yield from _section("points", "Points", _points(results, exercises))
    mistakes = List("Mistakes", made, ranked.mistake, button=True)
    yield from _section(
        "mistakes", "The mistakes that this class makes", ranked.listed(mistakes, results, exercises)
    )
    yield from _section("table", "Students and exercises", _table(results, exercises, made))
    ways = List("Ways of being wrong", tally.signatures(results, exercises), ranked.signature)
    yield from _section("ways", "Wrong in a way that has no name", ranked.listed(ways, results, exercises))
    checks = List("Checks", tally.checks(results, exercises), ranked.check)
    yield from _section("checks", "Other checks that failed", ranked.listed(checks, results, exercises))
    yield f'</main>\n<script type="application/json" id="data">{_data(results, exercises, made)}</script>'
    yield f"<script>{_SCRIPT}</script>\n</body>\n</html>"


def _section(name: str, title: str, inside: Iterable[str]) -> Iterator[str]:
    yield f'<section aria-labelledby="{name}"><h2 id="{name}" tabindex="-1">{title}</h2>'
    yield from inside
    yield "</section>"


def _points(results: Sequence[Result], exercises: Exercises) -> Iterator[str]:
    scores = [result.score for result in results if result.score is not None]
    most = summary.possible(exercises)
    yield f"<p>{chart.in_words(scores, most)}</p>"
    yield from chart.histogram(scores, most)


def _table(results: Sequence[Result], exercises: Exercises, made: Sequence[Common]) -> Iterator[str]:
    yield from _filters(made, exercises)
    yield legend()
    yield '<div class="scroll" tabindex="0" role="region" aria-labelledby="table">'
    yield from table(results, exercises)
    yield '</div>\n<p id="about" class="soft" role="status" hidden></p>'


def _outcomes(results: Sequence[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    parts = [f"{counts[outcome]} {word}" for outcome, word in summary.OUTCOMES.items() if counts[outcome]]
    number = f"{len(results)} {'student' if len(results) == 1 else 'students'}"
    return f"{number}: {', '.join(parts)}." if parts else f"{number}."


def _filters(made: Sequence[Common], exercises: Exercises) -> Iterator[str]:
    """Yield the form, which is hidden until there is a script to heed it."""
    yield '<form id="filters" hidden><label>Student <input type="search" name="student" autocomplete="off"></label>'
    yield '<label>Exercise <select name="exercise"><option value="">any</option>'
    for place, exercise in enumerate(exercises.values()):
        yield f'<option value="{place}">{escape(exercise.title)}</option>'
    yield '</select></label><label>Status <select name="status"><option value="">any</option>'
    for kind in cells.ALL:
        yield f'<option value="{kind.letter}">{escape(kind.word)}</option>'
    yield '</select></label><label>Mistake <select name="mistake"><option value="">any</option>'
    for place, one in enumerate(made):
        said = f"{exercises[one.exercise].title}: {ranked.mistake(one, exercises)}"
        shown = said if len(said) <= _LONGEST_OPTION else f"{said[: _LONGEST_OPTION - 1]}…"
        yield f'<option value="{place}">{escape(shown)} ({len(one.students)})</option>'
    yield '</select></label><button type="reset">Show all</button><output name="shown"></output></form>'


def _data(results: Sequence[Result], exercises: Exercises, made: Sequence[Common]) -> str:
    """Return what the script needs as JSON that cannot end the element that it stands in."""
    order = list(exercises)
    text = json.dumps(
        {
            "kinds": [[kind.letter, kind.word] for kind in cells.ALL],
            "exercises": [[exercise.title, exercise.points] for exercise in exercises.values()],
            "mistakes": [
                [order.index(one.exercise), ranked.mistake(one, exercises), one.students] for one in made
            ],
            "rows": [_row(result, exercises) for result in results],
        },
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return re.sub("[<>&]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _row(result: Result, exercises: Exercises) -> list[Any]:
    judged = summary.by_id(result)
    row = [judged.get(exercise_id) for exercise_id in exercises]
    return [
        f"{line(result.name)} {line(result.student)}",
        result.score,
        "".join(cells.kind(one).letter for one in row),
        [0 if one is None else one["points"] for one in row],
    ]
