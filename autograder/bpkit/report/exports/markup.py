"""What reports in HTML share: the mark of a status, and a message with its code set as code."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from bpkit.judging.verdict import Status
from bpkit.report.exports.text import plain

_INDENTED = "    "
_MARKS = {Status.PASSED: "✓", Status.NOT_STARTED: "·", Status.BLOCKED: "·", Status.NOT_JUDGED: "?"}


def mark(status: Status) -> str:
    """Return the character that stands before a status's words."""
    return _MARKS.get(status, "✗")


def message(text: str, paragraph: str = "<p>", code: str = "<pre>") -> str:
    """Return each sentence as a paragraph, and what is set in, which is code, as code; everything escaped.

    paragraph, code: the tags that these begin with, where there is no style sheet to say what they look like.
    """
    lines = plain(text).expandtabs(4).split("\n")
    blocks = []
    for is_code, group in groupby(lines, lambda line: line.startswith(_INDENTED)):
        if is_code:
            inner = "\n".join(line.removeprefix(_INDENTED) for line in group)
            blocks.append(f"{code}{escape(inner)}</pre>")
        else:
            blocks += [f"{paragraph}{escape(line)}</p>" for line in group if line.strip()]
    return "".join(blocks)


def hints(texts: Sequence[str], paragraph: str = "<p>", code: str = "<pre>") -> str:
    """Return the hints, each behind a click and the next one inside it. paragraph, code: as for `message`."""
    # A triangle shows that there is something behind it, also where Bootstrap's sheet takes it away.
    look = "cursor: pointer; display: list-item"
    inner = ""
    for number, hint in reversed(list(enumerate(texts, start=1))):
        inner = (
            f'<details style="margin: 4px 0"><summary style="{look}">Hint {number} of {len(texts)}</summary>'
            f'<div style="margin: 2px 0 2px 16px">{message(hint, paragraph, code)}{inner}</div></details>'
        )
    return inner
