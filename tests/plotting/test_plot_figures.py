"""Pictures: their words, their formats, the same bytes again, and numbers that cannot be drawn."""

import numpy as np
import pytest

pytest.importorskip("matplotlib", reason="pictures need matplotlib")

from plotcases import NASTY

from bpkit.plotting import data, figures

WORDS = {
    "loss": ["step", "loss (cross entropy, mean over the points)", "lr 0.3, about right", "adam, lr 0.02"],
    "gradients": [
        "layer (1 is next to the input)",
        "norm of the gradient",
        "relu, He",
        "layer 12",
        "from step 3 on",
    ],
    "schedules": ["step", "learning rate", "warmup_cosine", "lr 0.1, halved every 30 steps"],
    "landscape": ["weight 1", "weight 2", "a saddle", "newton", "adam, lr 0.2", "with your sgd"],
}


@pytest.mark.parametrize("kind", data.KINDS)
def test_words(drawn, monkeypatch, kind):
    """Axes say what they show, and lines are named beside them."""
    monkeypatch.setitem(figures.SETTINGS, "svg.fonttype", "none")
    text = figures.draw(drawn(kind), "svg").decode()
    assert [word for word in WORDS[kind] if word not in text] == []
    assert "mathdefault" not in text


@pytest.mark.parametrize(("form", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
def test_same_bytes(drawn, form, magic):
    """The same series gives the same bytes, without a date."""
    once, again = figures.draw(drawn("schedules"), form), figures.draw(drawn("schedules"), form)
    assert once == again
    assert once.startswith(magic)
    assert b"CreationDate" not in once


def test_own_settings_change_nothing(drawn):
    """A person's matplotlibrc does not reach the picture, and the picture does not reach their settings."""
    import matplotlib as mpl

    plain = figures.draw(drawn("schedules"), "png")
    with mpl.rc_context({"lines.linewidth": 30, "font.size": 40, "axes.facecolor": "red"}):
        assert figures.draw(drawn("schedules"), "png") == plain
        assert mpl.rcParams["font.size"] == 40


@pytest.mark.parametrize("name", NASTY)
def test_numbers_that_cannot_be_drawn(name):
    """Infinity, NaN, zero, minus and numbers near the end of float64 make no picture fail, and no warning."""
    assert figures.draw(NASTY[name], "png").startswith(b"\x89PNG")


def test_lost_is_told(monkeypatch):
    """Where a line ends early the picture says so."""
    monkeypatch.setitem(figures.SETTINGS, "svg.fonttype", "none")
    assert "infinite or NaN from step 1 on" in figures.draw(NASTY["lost loss"], "svg").decode()
    assert "0 at the end" in figures.draw(NASTY["loss"], "svg").decode()
    assert "every gradient is 0" in figures.draw(NASTY["gradients"], "svg").decode()


@pytest.mark.parametrize(
    "wanted",
    [[0.5], [0.5, 0.5, 0.5], [0.0, 0.0, 0.9], [0.97] * 8, [0.1, 0.12, 0.5, 0.52, 0.53], [0.9, 0.1, 0.11]],
)
def test_labels_keep_apart(wanted):
    """Labels keep their order and their distance, and stay where there is room."""
    places = figures._apart(np.array(wanted), 0.06)
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(places[order]) >= 0.06 - 1e-9).all()
    assert places.min() >= 0
    alone = [
        i for i, one in enumerate(wanted) if all(abs(one - x) > 0.3 for j, x in enumerate(wanted) if j != i)
    ]
    assert all(places[i] == pytest.approx(wanted[i]) for i in alone)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1000, "1000"), (0.01, "0.01"), (1e-6, "10⁻⁶"), (1e12, "10¹²"), (2, ""), (0, "")],
)
def test_powers(value, text):
    """Powers of ten are written without mathematics."""
    assert figures._power(value) == text


def test_lines_differ_without_colour():
    """Eight colours are eight patterns of lines too."""
    assert len({str(line) for line in figures.LINES}) == len(set(figures.COLOURS)) == 8
