"""The table of students and exercises, as HTML that needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from bpkit.report.exports import summary
from bpkit.report.exports.files import anchor, stem
from bpkit.report.exports.summary import Exercises
from bpkit.report.exports.text import line
from bpkit.report.page import cells
from bpkit.report.results import Outcome, Result

_COLUMNS = '<colgroup span="{size}"></colgroup>'
_NAMED = '<th scope="colgroup" colspan="{size}" title="{name}">{name}</th>'


def legend() -> str:
    """Return what the signs mean."""
    items = "".join(
        f'<li><span class="cell {kind.letter}" aria-hidden="true">{kind.sign}</span>{escape(kind.word)}</li>'
        for kind in cells.ALL
    )
    return f'<ul class="legend" aria-label="What the signs mean">{items}</ul>'


def table(results: Sequence[Result], exercises: Exercises) -> Iterator[str]:
    """Yield the table, line by line."""
    judged = [summary.by_id(result) for result in results]
    kinds = [[cells.kind(of.get(exercise_id)) for exercise_id in exercises] for of in judged]
    yield '<table id="heat"><caption class="unseen">Students and exercises</caption>'
    yield f'<colgroup span="2"></colgroup>{_chapters(exercises, _COLUMNS)}'
    yield f'<thead><tr><td class="who"></td><td></td>{_chapters(exercises, _NAMED)}</tr>'
    yield '<tr><th scope="col" class="who" data-sort="name">Student</th>'
    yield f'<th scope="col" class="score" data-sort="score">Points<small>of {summary.possible(exercises)}</small></th>'
    for place, (exercise_id, exercise) in enumerate(exercises.items()):
        name = f'<span class="up" title="{escape(exercise_id)}">{escape(exercise.title)}</span>'
        yield f'<th scope="col" data-sort="{place}">{name}</th>'
    yield '</tr><tr class="rate"><th scope="row" class="who">passed, % of the graded</th><td></td>'
    graded = [row for row, result in zip(kinds, results, strict=True) if result.verdict is not None]
    for place in range(len(exercises)):
        passed = sum(row[place].letter == "p" for row in graded)
        yield f"<td>{round(100 * passed / len(graded)) if graded else ''}</td>"
    yield "</tr></thead><tbody>"
    for result, row in zip(results, kinds, strict=True):
        # End tags of rows and cells may be left out in HTML; with 60,000 cells that is a third of the file.
        yield f"<tr>{_who(result)}{''.join(f'<td class={kind.letter}>{kind.sign}' for kind in row)}"
    yield "</tbody></table>"


def link(result: Result, exercise_id: str = "") -> str:
    """Return a link to the student's feedback, or to one exercise in it."""
    student = line(result.student)
    shown = line(result.name) or student
    place = f"#{anchor(exercise_id)}" if exercise_id else ""
    return f'<a href="feedback/{escape(stem(result.student))}.html{place}"><bdi>{escape(shown)}</bdi></a>'


def style(exercises: Exercises) -> str:
    """Return what the table's style needs to know of its columns: how many there are, and how wide chapters are."""
    sizes = sorted({size for _, size in _groups(exercises)})
    spans = "".join(f'#heat [colspan="{size}"] {{ grid-column: span {size}; }}\n' for size in sizes)
    return f"#heat {{ --of: {len(exercises)}; }}\n{spans}"


def _chapters(exercises: Exercises, template: str) -> str:
    groups = _groups(exercises)
    return "".join(template.format(size=size, name=escape(name.replace("_", " "))) for name, size in groups)


def _groups(exercises: Exercises) -> list[tuple[str, int]]:
    return [(name, len([*group])) for name, group in groupby(of.partition("/")[0] for of in exercises)]


def _who(result: Result) -> str:
    student, name = line(result.student), line(result.name)
    also = f" <small><bdi>{escape(student)}</bdi></small>" if name and name != student else ""
    if result.outcome is Outcome.GRADED and result.verdict is not None:
        still = result.verdict["open_score"]
        left = f'<small title="{still} points could not be judged"> +{still}?</small>' if still else ""
        score = f"<td class=score>{result.score}{left}"
    else:
        why = escape(line(result.why))
        score = f'<td class="score none" title="{why}">{summary.OUTCOMES[result.outcome]}'
    return f"<th scope=row class=who>{link(result)}{also}{score}"
