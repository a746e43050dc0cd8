"""Lines that fit a narrow terminal: broken between words, indented, colours not counted."""

import click
import pytest

from bpkit.report import fold


def test_breaks_between_words():
    """What follows a break is indented two more than its line; short lines stay as they are."""
    text = "short\n    case one two three four\n"
    assert fold.fold(text, 16).split("\n") == ["short", "    case one two", "      three four", ""]


@pytest.mark.parametrize("columns", [1, 5, 20, 40, 79])
def test_no_word_is_lost(columns):
    """Whatever the width, the words are the same, and only a word alone may be too long for its line."""
    text = "  a rather long line with supercalifragilistic words in it"
    lines = fold.fold(text, columns).split("\n")
    assert " ".join(lines).split() == text.split()
    assert all(fold.width(line) <= columns or len(line.split()) == 1 for line in lines)


def test_width():
    """Colours and combining marks take no column, and wide characters two."""
    assert fold.width(click.style("abc", fg="red")) == 3
    assert fold.width("e\u0301") == 1
    assert fold.width("漢字") == 4


def test_coloured_words():
    """A line is as long as it is seen."""
    line = f"{click.style('✓', fg='green')} {click.style('layers/linear', bold=True)} · Linear"
    assert fold.fold(line, 24) == line
    assert click.unstyle(fold.fold(line, 20)) == "✓ layers/linear ·\n  Linear"


def test_items_beside_each_other():
    """Items are kept whole."""
    assert (
        fold.pack(["h hint", "n next", "Enter check again"], "   ", 20)
        == "h hint   n next\nEnter check again"
    )
    assert fold.pack(["one", "two"], "  ", 8, indent="  ") == "  one\n  two"
