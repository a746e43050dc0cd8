"""Lines broken between words, so that they fit a terminal that is narrow."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import click


def width(text: str) -> int:
    """Return how many columns a text takes, without its colours."""
    return sum(_columns(character) for character in click.unstyle(text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fold(text: str, columns: int) -> str:
    """Break what is too long between words; what follows is indented as its line is, and two more."""
    return "\n".join(piece for line in text.split("\n") for piece in _fold(line, columns))


def _fold(line: str, columns: int) -> list[str]:
    if width(line) <= columns:
        return [line]
    bare = line.lstrip(" ")
    indent = len(line) - len(bare)
    first, *words = bare.split(" ")
    return _fill(" " * indent + first, words, " ", " " * min(indent + 2, columns // 2), columns)


def pack(items: Iterable[str], gap: str, columns: int, indent: str = "") -> str:
    """Put items beside each other, as many as fit a line; none is broken."""
    first, *rest = items
    return "\n".join(_fill(indent + first, rest, gap, indent, columns))


def _fill(line: str, items: Iterable[str], gap: str, indent: str, columns: int) -> list[str]:
    lines = []
    for item in items:
        if width(line) + len(gap) + width(item) <= columns:
            line += gap + item
        else:
            lines.append(line.rstrip(" "))
            line = indent + item
    return [*lines, line]
