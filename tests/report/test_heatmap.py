"""A wrong array as a table: what its cells say, with and without colours."""

import math
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from bpkit.judging.verdict import Compared
from bpkit.report import crop, heatmap

EXPECTED = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
# Foreground and background of notebooks' themes: JupyterLab, Notebook and VS Code, light and dark.
THEMES = {"lab light": ((33, 33, 33), (255, 255, 255)), "lab dark": ((255, 255, 255), (17, 17, 17)),
          "code light": ((59, 59, 59), (255, 255, 255)), "code dark": ((204, 204, 204), (31, 31, 31))}  # fmt: skip


class Table(HTMLParser):
    """Reads a table: its caption, its headers by scope, its cells as (attributes, text), and what is said below."""

    def __init__(self, page):
        super().__init__()
        self.cells, self.heads, self.open = [], {"col": [], "row": []}, []
        self.caption = self.below = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Note a cell."""
        self.open.append(tag)
        if tag == "td":
            self.cells.append([dict(attrs), ""])
        if tag == "th":
            self.heads[dict(attrs)["scope"]].append("")
            self.scope = dict(attrs)["scope"]

    def handle_endtag(self, tag):
        """See that elements end in the order in which they began."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        if "td" in self.open:
            self.cells[-1][1] += data
        elif "th" in self.open:
            self.heads[self.scope][-1] += data
        elif "caption" in self.open:
            self.caption += data
        elif "p" in self.open:
            self.below += data


def of(returned, expected=EXPECTED, **more):
    """Return both arrays as the JSON has them."""
    return crop.shown(Compared(np.asarray(returned, float), np.asarray(expected, float), 1e-6)) | more


def moved(*changes):
    """Return the expected matrix with some elements changed."""
    returned = EXPECTED.copy()
    for index, by in changes:
        returned[index] += by
    return of(returned)


def test_each_cell_says_what_it_is():
    """Headers count rows and columns; wrong cells hold a number, right ones a dot, and each tells both numbers."""
    found = Table(heatmap.html(moved(((0, 1), 0.5), ((1, 2), -0.25)), "dW", where='in case "a batch"'))
    assert found.heads == {"col": ["0", "1", "2"], "row": ["0", "1"]}
    assert [text for _, text in found.cells] == ["", "·", "0.5", "·", "·", "·", "0.25"]
    assert [attributes.get("title") for attributes, _ in found.cells] == [
        None,
        "dW[0, 0] is 1, which is right",
        "dW[0, 1] is 2.5, and should be 2",
        "dW[0, 2] is 3, which is right",
        "dW[1, 0] is 4, which is right",
        "dW[1, 1] is 5, which is right",
        "dW[1, 2] is 5.75, and should be 6",
    ]
    assert found.caption == 'dW in case "a batch": how far each element is off.'
    assert found.below == (
        "2 of 6 elements are wrong. The largest error is 0.5, at dW[0, 1]. A dot (·) is right, a number says how far off "
        "an element is. Hold the pointer over an element to see what it is and what it should be."
    )


def test_colour_grows_with_the_error():
    """The largest error has the strongest colour, and what is right has none."""
    found = Table(heatmap.html(moved(((0, 1), 0.5), ((1, 2), -0.25)), "dW"))
    alphas = [re.search(r"224, 64, 48, ([\d.]+)", attributes["style"]) for attributes, _ in found.cells]
    assert [float(alpha[1]) for alpha in alphas if alpha] == pytest.approx([0.45, 0.285], abs=0.006)
    borders = [re.search(r"border: (\d)px solid;", attributes["style"]) for attributes, _ in found.cells]
    assert [border[1] for border in borders if border] == ["2", "1"]


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_cell(theme):
    """The strongest colour leaves a contrast of 4.5 to 1 on light pages and dark ones."""
    ink, paper = THEMES[theme]
    found = heatmap.html(moved(((0, 1), 0.5)), "dW")
    behind = [re.search(r"background-color: rgba\((\d+), (\d+), (\d+), ([\d.]+)\)", found)]
    for red, green, blue, alpha in (match.groups() for match in behind):
        mixed = [
            float(alpha) * int(own) + (1 - float(alpha)) * page
            for own, page in zip((red, green, blue), paper, strict=True)
        ]
        assert contrast(ink, mixed) >= 4.5


def contrast(some, other):
    """Return the contrast of two colours as WCAG has it."""

    def light(colour):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
                  for part in (channel / 255 for channel in colour)]  # fmt: skip
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(some), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_a_vector_is_one_row():
    """A vector has one header for each element."""
    found = Table(heatmap.html(of([1, 2, 4], [1, 2, 3]), "db"))
    assert found.heads == {"col": ["0", "1", "2"], "row": []}
    assert found.cells[-1][0]["title"] == "db[2] is 4, and should be 3"
    assert "1 of 3 elements is wrong. The largest error is 1, at db[2]." in found.below


def test_a_scalar_is_told_in_numbers():
    """Of a scalar there is no map: both numbers and the error."""
    found = Table(heatmap.html(of(1.0000001, 1.0), "loss"))
    assert found.heads["col"] == ["returned", "right", "off by"]
    assert [text for _, text in found.cells] == ["1.0000001", "1", "1e-07"]
    assert (found.caption, found.below) == ("loss: how far each element is off.", "")


def test_what_is_not_finite():
    """NaN and infinities are as far off as can be, and named; where NaN is right, it is right."""
    found = Table(heatmap.html(of([math.nan, math.inf, 1, 7, math.nan], [1, 2, 1, 6, math.nan]), "y"))
    assert [text for _, text in found.cells] == ["nan", "inf", "·", "1", "·"]
    assert "3 of 5 elements are wrong. y[0] is nan and should be 1." in found.below
    assert found.cells[4][0]["title"] == "y[4] is nan, which is right"


def test_wide_arrays_have_marks_for_numbers():
    """Where there is no room for numbers there are marks, and the caption says what they mean."""
    returned = np.zeros((3, 11))
    returned[1, 4] = 0.5
    found = Table(heatmap.html(of(returned, np.zeros((3, 11))), "dx"))
    assert [text for _, text in found.cells].count("✗") == 1
    assert "A dot (·) is right, a cross (✗) is wrong." in found.below
    assert "dx[1, 4] is 0.5, and should be 0" in [attributes.get("title") for attributes, _ in found.cells]


def test_a_part_is_told():
    """Of a larger array the indices are those in the whole, and the caption tells what is shown."""
    expected = np.zeros((3, 100, 5))
    returned = expected.copy()
    returned[2, 60, 1] = 1
    arrays = of(returned, expected)
    found = Table(heatmap.html(arrays, "dK"))
    assert found.heads["row"] == [str(row) for row in range(44, 76)]
    assert "dK has the shape (3, 100, 5); this is dK[2, 44:76, :], where the largest error is." in found.below
    assert "1 of the 160 elements shown is wrong. The largest error is 1, at dK[2, 60, 1]." in found.below
    vector = np.zeros(100)
    vector[99] = 1
    assert "this is db[68:100]," in heatmap.text(of(vector, np.zeros(100)), "db")


def test_all_wrong():
    """Where there is no dot, none is explained."""
    found = Table(heatmap.html(of(EXPECTED + 1), "dW"))
    assert "All 6 elements are wrong. The largest error is 1, at dW[0, 0]. Hold" in found.below


def test_what_is_within_the_tolerance_is_right():
    """Rounding is no error, whatever part of the largest it is."""
    found = Table(heatmap.html(moved(((0, 0), 1e-7)) | {"tolerance": 1e-6}, "dW"))
    assert [text for _, text in found.cells[1:]] == ["·"] * 6


@pytest.mark.parametrize(
    ("show", "first", "says"),
    [
        ("returned", ["1", "2.5", "3"], "what was returned"),
        ("expected", ["1", "2", "3"], "what is right"),
        ("difference", ["0", "0.5", "0"], "what was returned, less what is right"),
    ],
)
def test_other_shows(show, first, says):
    """The same table shows the arrays themselves, or their difference; what is wrong is bold, or has a star."""
    arrays = moved(((0, 1), 0.5))
    page = heatmap.html(arrays, "dW", show=show)
    found = Table(page)
    assert [text for _, text in found.cells[1:4]] == first
    assert page.count("<b>") == 1
    assert found.caption.startswith(f"dW: {says}.")
    assert heatmap.text(arrays, "dW", show=show).count("*") == 1


def test_text_is_aligned():
    """The same as plain text, in columns."""
    assert heatmap.text(moved(((0, 1), 0.5), ((1, 2), -0.25)), "dW").splitlines()[-3:] == [
        "   0    1     2",
        "0  ·  0.5     ·",
        "1  ·    ·  0.25",
    ]
    assert heatmap.text(of(2, 1), "loss").splitlines()[-1] == "1"


def test_names_are_escaped():
    """A name is text, in the caption and in attributes."""
    page = heatmap.html(moved(((0, 1), 0.5)), '"><script>', where="in <b>")
    assert "<script" not in page
    assert Table(page).cells[1][0]["title"].startswith('"><script>[0, 0]')
