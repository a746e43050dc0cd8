"""A small wrong array on a terminal: what stands in it, that it fits, and that colours are no more than an addition."""

import click
import numpy as np
import pytest

from bpkit.judging.verdict import Compared
from bpkit.report import picture, screen

EXPECTED = np.arange(1.0, 13.0).reshape(4, 3)


def of(changes, expected=EXPECTED, columns=72, name="dx"):
    """Return the picture of an array that is right but for these changes, without colours and trailing blanks."""
    lines = coloured(changes, expected, columns, name)
    return [click.unstyle(line).rstrip() for line in lines]


def coloured(changes, expected=EXPECTED, columns=72, name="dx"):
    """Return the same as it goes out."""
    returned = expected.copy()
    for index, change in changes.items():
        returned[index] += change
    return picture.lines(Compared(returned, expected, 1e-6), name, columns)


def test_a_matrix():
    """Rows and columns have their indices, right elements a dot, wrong ones how far off they are, without a sign."""
    assert of({(1, 0): 0.5, (1, 2): -123.4, (3, 1): 1e-7, (2, 0): np.nan, (0, 1): 23456.0}) == [
        "how far off dx is (· right):",
        "        [0]      [1]      [2]",
        "[0]       ·  2.3e+04        ·",
        "[1]     0.5        ·      123",
        "[2]     nan        ·        ·",
        "[3]       ·        ·        ·",
    ]


def test_a_vector():
    """It is one row, which needs no index; where every element is off, no dot is explained."""
    vector = np.array([1.0, 2.0, 3.0])
    assert of({0: 0.25, 1: 10.0, 2: -1.0}, vector, name="db") == [
        "how far off db is:", "  [0]   [1]   [2]", " 0.25    10     1"
    ]  # fmt: skip


@pytest.mark.parametrize("expected", [np.array(1.0), np.array([1.0]), np.array([[1.0]])], ids=np.shape)
def test_one_number_has_no_picture(expected):
    """The message has both numbers."""
    assert of({...: 1.0}, expected) == []


def test_too_narrow_for_numbers():
    """Columns move together, then marks stand for numbers, then there is nothing: never a line that is too wide."""
    changes = {(0, 0): 0.0123, (1, 1): 1.0}
    assert of(changes, columns=27)[2] == "[0] 0.012      ·      ·"
    assert of(changes, columns=20)[2] == "[0] 0.012    ·    ·"
    marks = ["where dx is off (✗):", "  0  1  2", "0 ✗  ·  ·", "1 ·  ✗  ·", "2 ·  ·  ·", "3 ·  ·  ·"]
    assert of(changes, columns=12) == of(changes, columns=10) == marks
    assert of(changes, columns=9) == []
    assert of(dict.fromkeys(np.ndindex(4, 3), 1.0), columns=12) == []  # nothing but crosses


@pytest.mark.parametrize("columns", range(1, 80, 3))
@pytest.mark.parametrize("shape", [(7,), (40,), (5, 3), (3, 50), (60, 60), (2, 3, 5, 7)])
def test_it_fits(shape, columns):
    """No line of the table is wider than there is room, whatever the array; and there are few lines."""
    expected = np.ones(shape)
    lines = coloured({(0,) * len(shape): 1.0, (-1,) * len(shape): 0.001}, expected, columns)
    assert all(screen.width_of(line) <= columns for line in lines[1:])
    assert len(lines) <= 2 + picture.ROWS
    assert bool(lines) or columns < 34


def test_a_large_array():
    """What is shown of it lies around the worst element, under the indices of the whole."""
    shown = of({(2, 30, 41): 5.0, (2, 30, 42): 1.0, (0, 0, 0): 1.0}, np.ones((3, 40, 50)), name="dW")
    assert shown[0] == "how far off dW[2, 26:34, 36:46] is (· right):"
    assert shown[1].split() == [f"[{column}]" for column in range(36, 46)]
    assert [line.split()[0] for line in shown[2:]] == [f"[{row}]" for row in range(26, 34)]
    assert shown[6].split() == ["[30]", *["·"] * 5, "5", "1", *["·"] * 3]


def test_colours_grow_with_the_error():
    """Each shade from the first to the last, and none behind what is right."""
    lines = coloured({0: 0.1, 1: 0.3, 2: 0.5, 3: 0.7, 4: 1.0}, np.ones(6))
    backgrounds = [piece.partition("48;5;")[2].partition("m")[0] for piece in lines[2].split("\x1b[0m")]
    assert [shade for shade in backgrounds if shade] == [str(shade) for _, shade in picture.SHADES]
    assert lines[2].endswith("\x1b[0m   · ")


def _luminance(colour):
    """Return the relative luminance of one of the colours that terminals have beside the 16 of their theme."""
    levels = (0, 95, 135, 175, 215, 255)
    index = colour - 16
    channels = [levels[index // 36] / 255, levels[index // 6 % 6] / 255, levels[index % 6] / 255]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_numbers_can_be_read_on_their_colours():
    """Contrast is at least 4.5, as WCAG asks; and the shades grow darker, for those who see no red."""
    for text, behind in picture.SHADES:
        dark, light = sorted((_luminance(text), _luminance(behind)))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, behind)
    shades = [_luminance(behind) for _, behind in picture.SHADES]
    assert shades == sorted(shades, reverse=True)
