"""What `bpkit watch` shows: screens on a terminal, plain lines elsewhere."""

import io
import os
import sys

import click
import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.errors import BadFile
from bpkit.judging.standing import Found, Hints
from bpkit.judging.verdict import Compared, ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report.watching import Screen

LINEAR = catalog.find("layers/linear")
FOOTER = "h hint   n next   l list   Enter check again   ? help   q quit\n"


@pytest.fixture(autouse=True)
def unicode_terminal(monkeypatch):
    """Have a standard output that takes every character, whatever runs these tests."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))


class Terminal:
    """A screen and what it wrote. columns: None for no terminal."""

    def __init__(self, columns, *, rows=40, lines=False, **more):
        self.columns, self.rows, self.written = columns, rows, []
        self.screen = Screen(
            self.written.append, self.size, lambda: "21:04:07", lines=lines, every=0.25, **more
        )

    def size(self):
        """Return the size now."""
        return self.columns and os.terminal_size((self.columns, self.rows))

    def take(self):
        """Return what was written since the last time, without colours."""
        text = click.unstyle("".join(self.written))
        self.written.clear()
        return text


@pytest.fixture
def wide():
    """Return a terminal of 80 columns."""
    return Terminal(80)


@pytest.fixture
def plain():
    """Return no terminal."""
    return Terminal(None)


def verdict(status):
    """Return a verdict on the linear layer."""
    points = 2 if status is Status.PASSED else 0
    part = PartVerdict("linear_forward", status, points, 2, ())
    return Verdict((ExerciseVerdict("layers/linear", "Linear layer", status, 0.0, (part,)),), 0)


def test_a_screen(wide):
    """It is cleared, then header, verdict, what comes next, and the keys."""
    wide.screen.verdict(verdict(Status.PASSED), LINEAR, 0.0312, "layers/softmax")
    assert wide.written[0].startswith("\x1b[2J\x1b[H\x1b[1mlayers/linear")
    assert wide.take() == (
        f"""layers/linear · 21:04:07 · 31 ms
✓ layers/linear · Linear layer (2 of 2 points)
  ✓ linear_forward: passed (2 of 2)
Isolation level 0: a process of its own.

It passes. n goes on to layers/softmax.
{FOOTER}"""
    )


def test_plain_lines(plain):
    """Nothing is cleared, and the keys are told once."""
    plain.screen.begin(LINEAR, pinned=True)
    assert plain.take() == (
        "\nlayers/linear · 21:04:07\nWatching layers/linear.py. Save the file, and it is checked.\n"
        f"Keys: {FOOTER}"
    )
    plain.screen.verdict(verdict(Status.NOT_STARTED), LINEAR, 0.0312, "layers/softmax")
    text = plain.take()
    assert text.startswith("\nlayers/linear · 21:04:07 · 31 ms\n· layers/linear")
    assert "quit" not in text
    plain.screen.redraw()
    assert plain.take() == ""


def test_keys_with_enter():
    """Where keys come as lines, that is told; where there are none, how to end it."""
    terminal = Terminal(None, lines=True)
    terminal.screen.begin(LINEAR, pinned=False)
    assert "Watching every exercise. Save the file" in (text := terminal.take())
    assert "Keys, each with Enter: h hint" in text
    terminal = Terminal(80)
    terminal.screen.no_keys()
    terminal.screen.missing(LINEAR)
    assert terminal.take().endswith("\nCtrl-C ends it\n")


def test_hints_stand_below_the_verdict(wide, plain):
    """On a screen below the verdict, each once; as lines alone."""
    for terminal in (wide, plain):
        terminal.screen.verdict(verdict(Status.NOT_STARTED), LINEAR, 0.0312, None)
        terminal.take()
        terminal.screen.hints(LINEAR, Hints(1))
        assert "h opens the next one." in terminal.take()
        terminal.screen.hints(LINEAR, Hints(3))
        text = terminal.take()
        assert (
            text.count("Hint 1 of 3\n")
            == text.count("Hint 3 of 3\n")
            == text.count("That is all of them.")
            == 1
        )
        assert ("linear_forward" in text) is (terminal is wide)
        assert LINEAR.hints[1].split()[0] in text
    wide.screen.verdict(verdict(Status.NOT_STARTED), LINEAR, 0.0312, None)
    assert "Hint" not in wide.take()


def test_the_first_hint_points_at_the_mistake(wide, plain):
    """As `bpkit hint` does: the line that makes the array; and it fits, whatever size the window gets."""
    source = "def linear_backward(dy, cache):\n    return dy @ W.T, x.T @ dy, dy.mean(axis=0)\n"
    found = Found("linear_backward", "values", "db", "bias-averaged")
    for terminal in (wide, plain):
        terminal.screen.hints(LINEAR, Hints(1, found, source))
        text = terminal.take()
        assert "The last check stumbled over db in linear_backward:" in text
        assert "line 2: return dy @ W.T, x.T @ dy, dy.mean(axis=0)" in text
    wide.columns = 40
    wide.screen.redraw()
    text = wide.take()
    assert LINEAR.hints[0] in " ".join(text.split())
    assert max(map(len, text.split("\n"))) <= 40


def test_no_hint_where_it_passes(wide):
    """That is what is said then."""
    wide.screen.hints(LINEAR, None)
    assert "layers/linear passes: it needs no hint." in wide.take()


def test_pictures_where_they_fit(plain):
    """A wrong array is shown on a screen that has the room, and where it was not declined."""
    expected = np.zeros((5, 3))
    found = Finding("values", Status.FAILED, "a", "dx", compared=Compared(expected + np.eye(5, 3), expected))
    part = PartVerdict("linear_backward", Status.FAILED, 0, 4, (found,))
    judged = Verdict((ExerciseVerdict("layers/linear", "Linear layer", Status.FAILED, 0.0, (part,)),), 0)
    terminal = Terminal(80, rows=18)
    for other, there in ((terminal, True), (Terminal(80, pictures=False), False), (plain, False)):
        other.screen.verdict(judged, LINEAR, 0.0312, None)
        assert ("how far off dx is" in other.take()) is there
    for columns, rows, there in ((80, 17, True), (80, 16, False), (40, 30, True), (20, 60, False)):
        terminal.columns, terminal.rows = columns, rows
        terminal.screen.redraw()
        text = terminal.take()
        assert ("how far off dx is" in " ".join(text.split())) is there, (columns, rows)
        assert "dx has the right shape" in " ".join(text.split())


@pytest.mark.parametrize("columns", [40, 80, None])
def test_the_course(columns):
    """All exercises by chapter, with what is known of each; it fits."""
    terminal = Terminal(columns)
    statuses = {"neuron/relu": Status.PASSED, "layers/linear": Status.CRASHED}
    terminal.screen.course(statuses, LINEAR)
    text = terminal.take()
    lines = text.split("\n")
    assert any(line.startswith("layers 0 of") for line in lines)
    assert "  > ✗ linear  · softmax" in text
    assert "✓ relu" in text
    assert "Enter goes back to layers/linear." in text
    assert all(exercise_id.partition("/")[2] in text for exercise_id in catalog.ids())
    assert max(map(len, lines)) <= (columns or 80)


def test_the_way_changes_are_found_stays_on_the_screen(wide, plain):
    """It is told once in lines, and below each verdict on a screen."""
    for terminal in (wide, plain):
        terminal.screen.looking("refused", "OS file watch limit reached.")
        told = (
            "Looking for changes every 0.25 s. The system announces no changes: OS file watch limit reached."
        )
        assert told in " ".join(terminal.take().split())
        terminal.screen.verdict(verdict(Status.PASSED), LINEAR, 0.0312, None)
        assert ("Looking" in (text := terminal.take())) is (terminal is wide)
        assert "It passes, and so does every other exercise." in text
    for reason, said in [("asked", "WATCHFILES_FORCE_POLLING"), ("silent", "network drives")]:
        plain.screen.looking(reason, "")
        assert said in plain.take()


def test_what_may_happen(wide):
    """Each has its sentence."""
    screen = wide.screen
    for show, said in [
        (lambda: screen.checking(LINEAR), "Checking ..."),
        (
            lambda: screen.trouble(LINEAR, BadFile("linear.py cannot be read.")),
            "Not checked: linear.py cannot",
        ),
        (lambda: screen.missing(LINEAR), "layers/linear.py is gone."),
        (screen.vanished, "The workspace's folder is gone."),
        (screen.help, "the next hint for this exercise"),
        (screen.no_next, "There is no other exercise that does not pass yet."),
        (lambda: screen.not_kept(BadFile("The disk is full.")), "This was not noted down: The disk is full."),
    ]:
        show()
        assert said in wide.take()


def test_redrawn_for_another_width(wide):
    """The same again, in lines that fit."""
    wide.screen.missing(LINEAR)
    before = wide.take()
    wide.columns = 40
    wide.screen.redraw()
    after = wide.take()
    assert before.split() == after.split()
    assert max(map(len, after.split("\n"))) <= 40


def test_a_terminal_without_unicode(wide, monkeypatch):
    """Marks have other forms where the encoding lacks them."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    wide.screen.course({"neuron/relu": Status.PASSED}, LINEAR)
    assert "+ relu" in wide.take()
