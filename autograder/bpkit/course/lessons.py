"""The pictures of a lesson: they lie beside it, and go wherever it goes."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import NamedTuple

LESSON = "README.md"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")


class Picture(NamedTuple):
    """One picture: its path from the lesson's folder, and the words for who cannot see it."""

    path: str
    words: str


def pictures(text: str) -> tuple[Picture, ...]:
    """Return the pictures that a lesson shows and that are files of its own, not addresses on the web."""
    found = (Picture(path, " ".join(words.split())) for words, path in _PICTURE.findall(text))
    return tuple(one for one in found if ":" not in one.path)


def beside(folder: Path) -> dict[str, bytes]:
    """Return the pictures that the lesson in a folder shows, by their path there. What is missing is left out."""
    lesson = folder / LESSON
    text = lesson.read_text(encoding="utf-8") if lesson.is_file() else ""
    return {path: (folder / path).read_bytes() for path, _ in pictures(text) if lies_beside(folder, path)}


def lies_beside(folder: Path, path: str) -> bool:
    """Tell whether a picture is a file in the lesson's folder or below it."""
    inside = PurePosixPath(path)
    return not inside.is_absolute() and ".." not in inside.parts and (folder / inside).is_file()
