"""Texts that fit a terminal: its width, its characters, its lines."""

import io
import os
import sys

import click
import pytest

from bpkit.report import screen

TEXT = """\
Linear layer: y = x W + b, and the
rest of the sentence.

    x  (N, D)   N examples with D features each
    W  (D, M)   weights

1. first, which is quite a long item and has to go on
2. second
"""


def test_prose_flows_and_formulas_stay():
    """Prose is filled to the width, indented lines stay lines, and items hang."""
    assert screen.flow(TEXT, 40) == [
        "Linear layer: y = x W + b, and the rest",
        "of the sentence.",
        "",
        "    x  (N, D)   N examples with D",
        "        features each",
        "    W  (D, M)   weights",
        "",
        "1. first, which is quite a long item and",
        "   has to go on",
        "2. second",
    ]
    assert "    x  (N, D)   N examples with D features each" in screen.flow(TEXT, 80)


@pytest.mark.parametrize("columns", [20, 40, 80, 100])
def test_nothing_is_wider_than_the_window(columns):
    """No line is wider than it may be, whatever the width."""
    assert max(map(len, screen.flow(TEXT, columns))) <= columns


def test_indented_as_a_whole():
    """A text may stand further in."""
    assert screen.flow("one two\n\n    a = b", 12, "  ") == ["  one two", "", "      a = b"]


def test_reports_fit():
    """Long lines of a report are broken, and go on further in; what was printed stays, and so do colours."""
    mark = click.style("x", fg="red")
    report = (
        f"{mark} a word and one more\n      code and more of it here\n    | printed, and longer than that\n"
    )
    assert screen.fit(report, 20).split("\n") == [
        f"{mark} a word and one",
        "  more",
        "      code and more",
        "        of it here",
        "    | printed, and longer than that",
        "",
    ]


def test_breaks_between_words():
    """What follows a break is indented two more than its line; short lines stay as they are."""
    text = "short\n    case one two three four\n"
    assert screen.fit(text, 16).split("\n") == ["short", "    case one two", "      three four", ""]
    assert screen.fit(f"one\n{' ' * 20}\ntwo", 16) == "one\n\ntwo"


@pytest.mark.parametrize("columns", [1, 5, 20, 40, 79])
def test_no_word_is_lost(columns):
    """Whatever the width, the words are the same, and only a word alone may be too long for its line."""
    text = "  a rather long line with  supercalifragilistic words in it"
    for lines in (screen.fit(text, columns).split("\n"), screen.fill(text, columns)):
        assert " ".join(lines).split() == text.split()
        assert all(screen.width_of(line) <= columns or len(line.split()) == 1 for line in lines)


def test_nothing_to_fill():
    """No prose takes no line."""
    assert screen.fill("", 20, "  ") == screen.fill("  ", 20) == []


def test_how_wide_a_text_is():
    """Colours and combining marks take no column, and wide characters two."""
    assert screen.width_of(click.style("abc", fg="red")) == 3
    assert screen.width_of("e\u0301") == 1
    assert screen.width_of("漢字") == 4


def test_coloured_words():
    """A line is as long as it is seen."""
    line = f"{click.style('✓', fg='green')} {click.style('layers/linear', bold=True)} · Linear"
    assert screen.fit(line, 24) == line
    assert click.unstyle(screen.fit(line, 20)) == "✓ layers/linear ·\n  Linear"


def test_items_beside_each_other():
    """Items are kept whole."""
    assert (
        screen.pack(["h hint", "n next", "Enter check again"], "   ", 20)
        == "h hint   n next\nEnter check again"
    )
    assert screen.pack(["one", "two"], "  ", 8, indent="  ") == "  one\n  two"


@pytest.mark.parametrize(
    ("done", "of", "expected"),
    [(0, 9, "░░░░"), (1, 99, "█░░░"), (98, 99, "███░"), (99, 99, "████"), (0, 0, "░░░░")],
)
def test_bars(done, of, expected):
    """A bar is empty only where nothing is done, and full only where all is."""
    assert screen.bar(done, of, 4) == expected


@pytest.mark.parametrize(("columns", "expected"), [("40", 40), ("300", 100), ("3", 20)])
def test_width(monkeypatch, columns, expected):
    """Lines are as long as the window is wide, within reason."""
    monkeypatch.setenv("COLUMNS", columns)
    assert screen.width() == expected


def test_characters_that_the_terminal_lacks(monkeypatch):
    """Marks have a plain form; what has none becomes a question mark."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    assert screen.encodable("✓ a · b … █░ ü 数") == "+ a - b ... #. ü ?"
    assert screen.encodable("a · b …") == "a · b …"
    monkeypatch.setattr(sys, "stdout", None)
    assert screen.encodable("✗ ü") == "x ?"


@pytest.mark.parametrize(
    ("system", "asked", "expected"), [("nt", "", "utf-8"), ("nt", "cp850", "cp850"), ("posix", "", "cp850")]
)
def test_windows_speaks_utf8(monkeypatch, system, asked, expected):
    """On Windows output becomes UTF-8, unless somebody asked for another encoding."""
    monkeypatch.setenv("PYTHONIOENCODING", asked)
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding="cp850"))
    screen.speak_utf8(system)
    assert (sys.stdout.encoding, sys.stderr.encoding) == (expected, expected)
    assert os.environ["PYTHONIOENCODING"] == asked
