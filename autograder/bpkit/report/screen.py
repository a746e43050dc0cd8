"""What any text for a terminal has to mind: how wide that is, which characters it has, where lines break."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from io import TextIOWrapper

import click

WIDEST, _NARROWEST = 100, 20
# For a terminal that cannot show them: what says the same in ASCII.
_PLAIN = {
    "✓": "+", "✗": "x", "·": "-", "…": "...", "█": "#", "░": ".", "→": "->", "—": "-",
}  # fmt: skip
_PRINTED = "    | "
_ITEM = re.compile(r"(?:[-*]|\d+\.) +")


def width() -> int:
    """Return how many characters a line may have; long lines of prose are hard to read, however wide a window is."""
    return max(_NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def encodable(text: str) -> str:
    """Return the text in characters that standard output has."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"  # closed: there is no stdout at all
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        for character, plain in _PLAIN.items():
            text = text.replace(character, plain)
        text = text.encode(encoding, "replace").decode(encoding)
    return text


def speak_utf8(system: str = os.name) -> None:
    """Write UTF-8 on Windows, whose code pages lack most marks, unless somebody has asked for another encoding."""
    if system != "nt" or os.environ.get("PYTHONIOENCODING"):
        return
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def bar(done: int, of: int, length: int) -> str:
    """Return a bar of this length: full only where all is done, and not empty where something is."""
    filled = length * done // of if of else 0
    if done > 0 and not filled:
        filled = 1
    return "█" * filled + "░" * (length - filled)


def flow(text: str, columns: int, indent: str = "") -> list[str]:
    """Return lines that fit: prose is filled anew, and what is indented (formulas, tables, code) keeps its lines."""
    lines: list[str] = []
    paragraph: list[str] = []

    def end() -> None:
        if paragraph:
            joined = " ".join(paragraph)
            item = _ITEM.match(joined)
            lines.extend(fill(joined, columns, indent, indent + " " * (item.end() if item else 0)))
            paragraph.clear()

    for line in text.strip("\n").expandtabs(4).splitlines():
        stays = line.startswith(" ") or not line.strip()
        if stays or _ITEM.match(line):
            end()
        if not stays:
            paragraph.append(line.strip())
        elif line.strip():
            lines += _kept(indent + line.rstrip(), columns)
        else:
            lines.append("")
    end()
    return lines


def fit(text: str, columns: int) -> str:
    """Return a report with its long lines broken, the rest of each further in. What a student printed stays as it is."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += [line] if line.startswith(_PRINTED) else _kept(line, columns, 2)
    return "\n".join(lines)


def fill(text: str, columns: int, first: str = "", rest: str | None = None) -> list[str]:
    """Return prose as lines that fit. first, rest: what the first line and the others begin with."""
    if not text.strip():
        return []
    word, *words = text.rstrip().split(" ")
    return _laid(first + word, words, " ", first if rest is None else rest, columns)


def pack(items: Iterable[str], gap: str, columns: int, indent: str = "") -> str:
    """Put items beside each other, as many as fit a line; none is broken."""
    first, *rest = items
    return "\n".join(_laid(indent + first, rest, gap, indent, columns))


def width_of(text: str) -> int:
    """Return how many columns a text takes, without its colours."""
    return sum(_columns(character) for character in click.unstyle(text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _kept(line: str, columns: int, further: int = 4) -> list[str]:
    """Return a line as it is, or broken with its rest further in where it does not fit."""
    if width_of(line) <= columns:
        return [line]
    inner = line.lstrip(" ")
    indent = len(line) - len(inner)
    return fill(inner, columns, " " * indent, " " * min(indent + further, columns // 2)) or [""]


def _laid(line: str, items: Iterable[str], gap: str, indent: str, columns: int) -> list[str]:
    """Return lines of items, which begin with this one; a gap where a line is broken is left out."""
    lines = []
    for item in items:
        if width_of(line) + len(gap) + width_of(item) <= columns:
            line += gap + item
        elif item:
            lines.append(line.rstrip(" "))
            line = indent + item
    return [*lines, line.rstrip(" ")]
