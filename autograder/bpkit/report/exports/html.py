"""feedback/<student>.html: the same in one file that asks for nothing from anywhere and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from bpkit.judging.verdict import Status
from bpkit.report import words
from bpkit.report.exports import markup, summary
from bpkit.report.exports.files import anchor
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises, Told
from bpkit.report.exports.text import line, plain
from bpkit.report.results import Result

More = Callable[[Mapping[str, Any], str], Iterable[str]]  # of an exercise's verdict, and a function's name


def _no_more(judged: Mapping[str, Any], function: str) -> Iterable[str]:
    del judged, function
    return ()


_STYLE = (Path(__file__).parent / "feedback.css").read_text("utf-8")


def hashed(text: str) -> str:
    """Return an inline style's or script's name in a Content-Security-Policy, which lets it and no other be used."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def write(result: Result, exercises: Exercises, options: Options) -> bytes:
    """Return the page."""
    del options
    return "\n".join([*_page(result, exercises), ""]).encode()


def _page(result: Result, exercises: Exercises) -> Iterator[str]:
    student = line(result.student)
    name = line(result.name) or student
    yield from head(f"{name}: feedback", f"style-src {hashed(_STYLE)}")
    yield f"<h1><bdi>{escape(name)}</bdi></h1>"
    if name != student:
        yield f'<p class="id"><bdi>{escape(student)}</bdi></p>'
    yield f'<p class="sum {result.outcome.value}">{escape(summary.headline(result))}</p>'
    yield from sections(list(summary.by_id(result).values()), exercises)
    yield FOOT


FOOT = "</main>\n</body>\n</html>"


def head(title: str, styles: str, rules: str = "") -> Iterator[str]:
    """Yield a page's beginning, up to its <main>.

    styles: which ones the page's policy lets through. rules: some of the page's own.
    """
    policy = f"default-src 'none'; {styles}; base-uri 'none'; form-action 'none'"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">'
    yield f"<title>{escape(title)}</title>\n<style>{_STYLE}{rules}</style>\n</head>\n<body>\n<main>"


def sections(
    all_judged: list[Mapping[str, Any]], exercises: Exercises, more: More = _no_more
) -> Iterator[str]:
    """Yield a table of the exercises, where there are several, and a section for each that has more to say.

    more: gives what stands below a function's messages.
    """
    if len(all_judged) > 1:
        yield from _overview(all_judged, exercises)
    for judged in all_judged:
        if len(all_judged) == 1 or _has_more(judged):
            yield from _exercise(judged, exercises, more)


def _overview(all_judged: list[Mapping[str, Any]], exercises: Exercises) -> Iterator[str]:
    yield '<nav aria-label="Exercises">\n<table>\n<thead><tr><th scope="col">Exercise</th>'
    yield '<th scope="col">Status</th><th scope="col" class="n">Points</th></tr></thead>\n<tbody>'
    for judged in all_judged:
        status = summary.status(judged)
        title = escape(summary.title(judged["id"], exercises))
        named = f'<a href="#{anchor(judged["id"])}">{title}</a>' if _has_more(judged) else title
        yield (
            f'<tr class="{status.value}"><th scope="row">{named}</th>'
            f'<td>{_mark(status)}{escape(words.STATUS[status])}</td><td class="n">{_points(judged)}</td></tr>'
        )
    yield "</tbody>\n</table>\n</nav>"


def _exercise(judged: Mapping[str, Any], exercises: Exercises, more: More) -> Iterator[str]:
    status = summary.status(judged)
    yield f'<section id="{anchor(judged["id"])}" class="{status.value}">'
    yield (
        f"<h2>{_mark(status)}{escape(summary.title(judged['id'], exercises))} "
        f"<small>{escape(words.STATUS[status])} · {_points(judged)}</small></h2>"
    )
    yield f'<p class="id"><code>{escape(judged["id"])}</code></p>'
    for part in summary.told(judged) if _has_more(judged) else ():
        yield from _part(part)
        yield from more(judged, part.name)
    if judged["output"].strip():
        yield f"<h3>Your code printed</h3>\n<pre>{escape(plain(judged['output']))}</pre>"
    yield "</section>"


def _has_more(judged: Mapping[str, Any]) -> bool:
    """Tell whether there is more to say than that it passed."""
    remarks = any(part["findings"] for part in judged["parts"])
    return summary.status(judged) is not Status.PASSED or remarks or bool(judged["output"].strip())


def _part(part: Told) -> Iterator[str]:
    points = summary.points(part.points, part.max_points)
    yield (
        f'<h3 class="{part.status.value}">{_mark(part.status)}<code>{escape(part.name)}</code> '
        f"<small>{escape(words.STATUS[part.status])} · {points}</small></h3>"
    )
    for message in part.messages:
        yield f'<div class="said">{markup.message(message)}</div>'


def _points(judged: Mapping[str, Any]) -> str:
    still = f", {judged['open_points']} not judged" if judged["open_points"] else ""
    return f"{judged['points']} of {judged['max_points']} points{still}"


def _mark(status: Status) -> str:
    return f'<span class="mark" aria-hidden="true">{markup.mark(status)}</span> '
