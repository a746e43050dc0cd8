"""feedback/<student>.md: what passed, and for what did not what to say about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from bpkit.judging.verdict import Status
from bpkit.report import words
from bpkit.report.exports import summary
from bpkit.report.exports.options import Options
from bpkit.report.exports.summary import Exercises, Told
from bpkit.report.exports.text import line, plain
from bpkit.report.results import Result

_INDENTED = "    "
_OUTPUT_LINES = 40
# What Markdown, or a site's extension of it, reads anywhere; at the start of a line; and as an address.
_ANYWHERE = re.compile(r"[\\`*_\[\]{}~|$^]")
_AT_START = re.compile(r"^(\s*\d*)([#+\-.):=])")
_ADDRESS = re.compile(r"(?i):(?=//)|(?<=www)\.")


def write(result: Result, exercises: Exercises, options: Options) -> bytes:
    """Return the page."""
    del options
    student, name = line(result.student), line(result.name)
    who = f"{name} ({student})" if name and name != student else student
    lines = [f"# {_text(who)}", "", f"**{_text(summary.headline(result))}**"]
    for judged in summary.by_id(result).values():
        lines += ["", *exercise(judged, exercises)]
    return ("\n".join(lines) + "\n").encode()


def exercise(judged: Mapping[str, Any], exercises: Exercises) -> Iterator[str]:
    """Yield the lines about one exercise."""
    status = summary.status(judged)
    still = f", {judged['open_points']} not judged" if judged["open_points"] else ""
    points = f"{judged['points']} of {judged['max_points']} points{still}"
    title = _text(summary.title(judged["id"], exercises))
    yield f"## {title}: {_text(words.STATUS[status])} ({points})"
    yield from ("", f"`{judged['id']}`")
    parts = summary.told(judged)
    if status is Status.PASSED and not any(part.messages for part in parts):
        return
    for part in parts:
        yield from _part(part)
    if judged["output"].strip():
        yield from ("", "Your code printed:", "", *_fenced(_shown(judged["output"])))


def _part(part: Told) -> Iterator[str]:
    points = summary.points(part.points, part.max_points)
    yield from ("", f"### {_text(part.name)}: {_text(words.STATUS[part.status])} ({points})")
    for message in part.messages:
        yield ""
        yield from _message(message)


def _message(message: str) -> Iterator[str]:
    """Write sentences as a paragraph, and what is set in, which is code, as code."""
    for code, group in groupby(
        plain(message).expandtabs(4).split("\n"), lambda text: text.startswith(_INDENTED)
    ):
        if code:
            yield from ("", *_fenced([text.removeprefix(_INDENTED) for text in group]), "")
        else:
            sentences = [_text(text) for text in group if text.strip()]
            yield "\\\n".join(sentences)


def _shown(output: str) -> list[str]:
    lines = plain(output).rstrip("\n").split("\n")
    more = len(lines) - _OUTPUT_LINES
    return lines if more <= 0 else [*lines[:_OUTPUT_LINES], f"… and {more} more lines"]


def _fenced(lines: list[str]) -> list[str]:
    ticks = max((len(run) for text in lines for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    return [f"{fence}text", *lines, fence]


def _text(text: str) -> str:
    """Return words as words: no mark-up, no HTML, no link."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark in (_ANYWHERE, _ADDRESS):
        escaped = mark.sub(r"\\\g<0>", escaped)
    return _AT_START.sub(r"\1\\\2", escaped)
