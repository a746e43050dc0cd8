"""The pictures in the lessons: drawn by `docs/figures/make.py`, named by a lesson, and told in words."""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from bpkit.course import catalog, lessons

ROOT = Path(__file__).parents[2]
EXERCISES = ROOT / "exercises"
PINNED = re.search(r"^matplotlib==(\S+)$", (ROOT / "constraints.txt").read_text(), re.MULTILINE)[1]
LARGEST = 60_000
SHOWN = {
    f"{chapter}/{picture.path}": picture.words
    for chapter in catalog.chapters()
    for picture in lessons.pictures((EXERCISES / chapter / lessons.LESSON).read_text())
}


def installed():
    """Return matplotlib's version; "" where there is none."""
    try:
        return version("matplotlib")
    except PackageNotFoundError:
        return ""


@pytest.mark.skipif(installed() != PINNED, reason=f"another matplotlib than {PINNED} draws other bytes")
def test_the_script_draws_what_lies_beside_the_lessons(tmp_path):
    """Byte for byte, and no picture more or less."""
    subprocess.run([sys.executable, ROOT / "docs/figures/make.py", tmp_path], check=True)
    drawn = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.svg")}
    committed = {
        path.relative_to(EXERCISES).as_posix(): path.read_bytes() for path in EXERCISES.rglob("*.svg")
    }
    assert drawn.keys() == committed.keys()
    assert [name for name in drawn if drawn[name] != committed[name]] == [], "run `make figures`"


def test_every_picture_is_shown_once_and_every_one_that_is_shown_exists():
    """A picture that no lesson names would reach students for nothing."""
    assert len(SHOWN) == 10
    assert set(SHOWN) == {path.relative_to(EXERCISES).as_posix() for path in EXERCISES.rglob("*.svg")}


@pytest.mark.parametrize("path", SHOWN)
def test_a_picture_is_told_in_words_and_has_a_caption(path):
    """The words are full sentences; the line below says what to look at."""
    assert re.fullmatch(r"[A-Z].{80,}\.", SHOWN[path])
    chapter, _, name = path.partition("/")
    after = (EXERCISES / chapter / lessons.LESSON).read_text().partition(f"]({name})\n\n")[2]
    assert re.match(r"\*[A-Z][^*]+\.\*\n\n", after)


@pytest.mark.parametrize("path", SHOWN)
def test_a_picture_is_small_and_stands_alone(path):
    """It loads nothing, runs nothing, tells no date, and is white below, so that it can be read on a dark page."""
    text = (EXERCISES / path).read_text()
    assert len(text.encode()) < LARGEST
    assert not re.search(r"<script|<image|<text|href=\"(?!#)|dc:date|url\((?!#)", text)
    assert re.search(r'<path d="M 0[ .0-9]*\n[^"]*" style="fill: #ffffff"/>', text)
