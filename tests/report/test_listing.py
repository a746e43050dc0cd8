"""The list of exercises and the short form, with every state, wide and narrow."""

import click
import pytest

from bpkit.course import catalog
from bpkit.judging.standing import Standing, State
from bpkit.judging.verdict import Status
from bpkit.report import listing


def standing(name, state, points=0, **more):
    """Return an exercise's standing."""
    return Standing(catalog.find(name), f"{name}.py", state, points, **more)


LIST = [
    standing("layers/linear", State.PASSED, 6, passed="2026-03-01T20:15:09.120Z"),
    standing("layers/softmax", State.FAILED, 2, status=Status.CRASHED),
    standing("layers/log_softmax", State.NOT_STARTED, waits_for=("layers/softmax",)),
]
CHAPTERS = {"layers": catalog.chapter("layers")}


def test_wide():
    """Where there is room an exercise is one line, in columns."""
    assert click.unstyle(listing.course(CHAPTERS, LIST, 80)).split("\n") == [
        "layers: Layers",
        "████████░░░░░░░░░░░░ 1 of 3 pass, 8 of 18 points",
        "  ✓ linear       Linear layer  6 of 6  passed",
        "  ✗ softmax      Softmax       2 of 6  stopped with an error",
        "  · log_softmax  Log-softmax   0 of 6  not started, builds on layers/softmax",
    ]


def test_narrow():
    """In a narrow window the state stands below, and no line is wider than the window."""
    lines = click.unstyle(listing.course(CHAPTERS, LIST, 40)).split("\n")
    assert lines[2:6] == [
        "  ✓ linear       6 of 6",
        "    passed",
        "  ✗ softmax      2 of 6",
        "    stopped with an error",
    ]
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_mark_and_words(state):
    """No state is told by its colour alone."""
    said = listing.state(standing("neuron/relu", state, status=Status.FAILED))
    assert said
    assert listing.MARKS[state] in click.unstyle(listing.mark(standing("neuron/relu", state)))


def test_passed_before():
    """An exercise that passed once and does not now says both."""
    before = standing("neuron/relu", State.CHANGED, passed="2026-03-01T20:15:09.120Z")
    assert listing.state(before) == "changed since the last check, passed before"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.NOT_STARTED, "Read it with `bpkit show softmax`, fill in layers/softmax.py"),
        (State.FAILED, "Mend layers/softmax.py, then `bpkit check softmax`. Stuck? `bpkit hint softmax`."),
        (State.CHANGED, "`bpkit check softmax` tells how layers/softmax.py does now."),
        (State.MISSING, "`bpkit reset softmax` puts a fresh stub there."),
    ],
)
def test_how_to_go_on(state, words):
    """The short form says what to do next, whatever that is."""
    upcoming = standing("layers/softmax", state, status=Status.FAILED)
    text = listing.here("/home/me/course", [LIST[0], upcoming], LIST[0], upcoming, 200)
    assert words in text
    assert "Checked last: layers/linear (passed)" in text


def test_all_pass():
    """Who is done is told so."""
    assert "Everything passes." in listing.here("/home/me/course", LIST[:1], LIST[0], None, 80)


def test_what_it_builds_on():
    """All that an exercise builds on is named while that is short."""
    some = ("neuron/relu", "layers/linear", "layers/softmax")
    said = [
        listing.state(standing("training/fit", State.NOT_STARTED, waits_for=waits))
        for waits in (some, (*some, "losses/mse"))
    ]
    assert said == [
        "not started, builds on neuron/relu and layers/linear and layers/softmax",
        "not started, builds on neuron/relu, layers/linear and 2 more",
    ]
