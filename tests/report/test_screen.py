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
        f"{mark} a word",
        "  and one more",
        "      code and more",
        "        of it here",
        "    | printed, and longer than that",
        "",
    ]


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
