"""The verdict on one page for a browser, with pictures of the arrays that are wrong: `bpkit check --html FILE`.

One file that asks for nothing from anywhere and runs nothing; the values are in the cells and below the pointer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from bpkit.course.spec import Exercise
from bpkit.judging.verdict import Status
from bpkit.report import heatmap
from bpkit.report.exports import html, markup, summary
from bpkit.report.exports.text import line

_RULES = (
    "main { max-width: 72rem; } .said, .sum, nav, details { max-width: 46rem; }"
    ".arrays { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start; }"
)
_SHOWS = ("returned", "expected", "difference")


def write(verdict: Mapping[str, Any], exercises: Mapping[str, Exercise]) -> str:
    """Return the page. verdict: as `data.to_data` gives it, with arrays."""
    return "\n".join([*_page(verdict, exercises), ""])


def _page(verdict: Mapping[str, Any], exercises: Mapping[str, Exercise]) -> Iterator[str]:
    all_judged = list(verdict["exercises"])
    passed = sum(summary.status(judged) is Status.PASSED for judged in all_judged)
    if len(all_judged) == 1:
        title = summary.title(all_judged[0]["id"], exercises)
    else:
        title = f"{passed} of {len(all_judged)} exercises pass"
    # The cells' colours are inline, which a style sheet of fixed rules cannot have; nothing is fetched all the same.
    yield from html.head(f"{title} · bpkit check", "style-src 'unsafe-inline'", _RULES)
    yield f"<h1>{escape(title)}</h1>"
    still = f", {verdict['open_score']} not judged" if verdict["open_score"] else ""
    yield f'<p class="sum">{verdict["score"]} of {verdict["max_score"]} points{still}</p>'

    def more(judged: Mapping[str, Any], function: str) -> Iterable[str]:
        return _below(judged, function, exercises)

    yield from html.sections(all_judged, exercises, more)
    yield html.FOOT


def _below(judged: Mapping[str, Any], function: str, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """Yield the pictures of a function's wrong arrays, and after the last function the hints."""
    part = next(part for part in judged["parts"] if part["name"] == function)
    for finding in part["findings"]:
        if "arrays" in finding:
            yield from _pictures(finding)
    is_last = part is judged["parts"][-1]
    if is_last and summary.status(judged) not in (Status.PASSED, Status.NOT_JUDGED):
        yield markup.hints(exercises[judged["id"]].hints)


def _pictures(finding: Mapping[str, Any]) -> Iterator[str]:
    name, arrays = line(finding["array"] or "the array"), finding["arrays"]
    where = f'in case "{line(finding["case"])}"' if finding["case"] else ""
    if not arrays["shape"]:
        return  # the message has both numbers
    tables = (heatmap.html(arrays, name, show=show, where=where, tell=False) for show in _SHOWS)
    _, *more = heatmap.told(arrays, name, _SHOWS[0], where)
    yield f'<div class="arrays">{"".join(f"<div>{table}</div>" for table in tables)}</div>'
    yield f"<p>{escape(' '.join(more))} Hold the pointer over an element to see what it is and what it should be.</p>"
