"""What a notebook shows below a check: what it says, and that it does no harm in any notebook."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from bpkit.judging.verdict import Compared, ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import data, widget, words

# What JupyterLab's sanitizer keeps of an untrusted notebook's output, as far as it is used here.
KEPT = {"style", "title", "scope", "open"}
COLOUR = r"(#[0-9a-f]{6}|rgba\(\d+, \d+, \d+, [01](\.\d+)?\)|transparent)"
STYLES = {
    "background-color": COLOUR, "border": rf"\dpx solid( {COLOUR})?", "border-left": rf"\dpx solid {COLOUR}",
    "border-collapse": "collapse", "caption-side": "top", "cursor": "pointer", "font-size": r"\d+px",
    "font-weight": "normal", "margin": r"((\d+px|0) ?){1,4}", "padding": r"((\d+px|0) ?){1,4}",
    "max-height": r"\d+px", "overflow": "auto", "overflow-x": "auto", "overflow-wrap": "break-word",
    "text-align": "left|center", "white-space": "nowrap|pre-wrap", "width": "auto",
}  # fmt: skip


class Page(HTMLParser):
    """Reads a page: elements with their attributes, text, and the text of each hint with how deep it is in details."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.text, self.open, self.depths = [], "", [], []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        """See that elements end in the order in which they began."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Note text."""
        self.text += data
        if "summary" not in self.open and data.strip():
            self.depths.append((self.open.count("details"), data))


def linear(*findings, status=Status.FAILED, points=0, output=""):
    """Return the verdict on a linear layer whose backward was found this against."""
    parts = (
        PartVerdict("linear_forward", Status.PASSED, 2, 2, ()),
        PartVerdict("linear_backward", status, points, 4, findings),
    )
    return ExerciseVerdict("layers/linear", "Linear layer", status, 0.1, parts, output)


@pytest.fixture
def shown(exercises):
    """Return a function that gives an exercise's dictionary and the exercise, as the widget takes them."""

    def give(judged):
        found = data.to_data(Verdict((judged,), 1), exercises, arrays=True)
        return found["exercises"][0], exercises[judged.id]

    return give


def wrong(array="dW", shape=(3, 7), case="a batch"):
    """Return a finding about an array whose first element is off."""
    expected = np.arange(np.prod(shape, dtype=int), dtype=float).reshape(shape)
    returned = expected.copy()
    returned[(0,) * len(shape)] += 0.5
    facts = {"shape": shape, "index": (0,) * len(shape), "expected": 0.0, "got": 0.5}
    compared = Compared(returned, expected, 1e-6)
    return Finding("values", Status.FAILED, case, array, where="one", facts=facts, compared=compared)


def test_what_is_wrong_is_told_and_shown(shown):
    """Status, points, the sentences of the other reports, and a picture of the first wrong array."""
    judged, exercise = shown(linear(wrong("dW"), wrong("db", (7,)), output="hello\n"))
    page = Page(widget.html(judged, exercise))
    plain = widget.text(judged, exercise)
    for said in (page.text, plain):
        assert "✗ Linear layer: not right yet, 2 of 6 points" in said
        assert "✗ linear_backward: not right yet, 0 of 4 points" in said
        assert "linear_forward" not in said  # passed, with nothing more to say
        for finding in judged["parts"][1]["findings"]:
            assert all(line in said for line in finding["message"].split("\n"))
        assert 'dW in case "a batch": how far each element is off.' in said
        assert 'db in case "a batch": how' not in said
        assert "hello" in said[said.index("Your code printed") :]
    assert [tag for tag, _ in page.elements].count("table") == 1


def test_hints_come_one_at_a_time(shown):
    """Each hint is behind a click inside the one before; as text there are as many as are asked for."""
    judged, exercise = shown(linear(wrong()))
    page = Page(widget.html(judged, exercise))
    assert [depth for hint in exercise.hints for depth, text in page.depths if text == hint] == [1, 2, 3]
    assert not any("open" in attributes for _, attributes in page.elements)
    assert [f"Hint {number} of 3" in page.text for number in (1, 2, 3)] == [True] * 3
    for hints in range(4):
        plain = widget.text(judged, exercise, hints=hints)
        assert [hint in plain for hint in exercise.hints] == [number < hints for number in range(3)]


def test_what_passed_is_short(shown, parts):
    """One line, and no hints for what is done; a remark is told."""
    judged, exercise = shown(parts["passed"])
    assert Page(widget.html(judged, exercise)).text.split("\n") == [
        "", f"✓ {exercise.title}: passed, 3 of 3 points", "",
    ]  # fmt: skip
    assert widget.text(judged, exercise) == f"✓ {exercise.title}: passed, 3 of 3 points"
    remark = Finding("warning", Status.PASSED, "a", facts={"warning": "RuntimeWarning: overflow"})
    judged, exercise = shown(linear(remark, status=Status.PASSED, points=4))
    assert "RuntimeWarning: overflow" in Page(widget.html(judged, exercise)).text


def test_one_function(shown):
    """By its name or its kind, with its own status and points."""
    judged, exercise = shown(linear(wrong()))
    for function in ("linear_forward", "forward"):
        page = widget.html(judged, exercise, function)
        assert Page(page).text.strip() == "✓ Linear layer: linear_forward passed, 2 of 2 points"
        assert widget.text(judged, exercise, function) == Page(page).text.strip()
    backward = Page(widget.html(judged, exercise, "backward")).text
    assert "✗ Linear layer: linear_backward not right yet, 0 of 4 points" in backward
    assert "the wrong values" in backward
    for function in ("linear", "step"):
        with pytest.raises(ValueError, match="layers/linear has no function"):
            widget.html(judged, exercise, function)
        with pytest.raises(ValueError, match="layers/linear has no function"):
            widget.text(judged, exercise, function)


def test_what_stops_a_file_is_told_of_one_function_too(shown):
    """A message that the part above would have said is not left out."""
    failure = Finding("encoding", Status.CRASHED, facts={"path": "layers/linear.py"})
    judged = linear(failure, status=Status.CRASHED)
    both = judged._replace(parts=tuple(part._replace(findings=(failure,)) for part in judged.parts))
    found, exercise = shown(both)
    assert "The same as above." in Page(widget.html(found, exercise)).text
    assert "is not encoded in UTF-8" in Page(widget.html(found, exercise, "backward")).text


@pytest.mark.parametrize("status", Status)
def test_every_status(shown, status):
    """Each status is told in its words; points that nobody could judge are neither earned nor lost."""
    finding = Finding("not_started" if status is Status.NOT_STARTED else "killed", status)
    points = {Status.PASSED: 4, Status.NOT_JUDGED: None}.get(status, 0)
    judged, exercise = shown(linear(finding, status=status, points=points))
    for said in (
        Page(widget.html(judged, exercise, "backward")).text,
        widget.text(judged, exercise, "backward"),
    ):
        assert words.STATUS[status] in said
        assert ("4 not judged" in said) == (status is Status.NOT_JUDGED)
        assert ("Hint 1 of 3" in said) == (status not in (Status.PASSED, Status.NOT_JUDGED))
        assert words.NOT_STARTED not in said  # the status has said so


def test_a_scalar_has_no_picture(shown):
    """Of a scalar the message says all there is."""
    judged, exercise = shown(linear(wrong("loss", ())))
    assert "<table" not in widget.html(judged, exercise)
    judged, exercise = shown(linear(wrong("loss", ()), wrong("dW")))
    assert "dW in case" in widget.html(judged, exercise)


def test_without_arrays_there_is_no_picture(shown):
    """A verdict that came without them is shown all the same."""
    judged, exercise = shown(linear(wrong()._replace(compared=None)))
    assert "<table" not in widget.html(judged, exercise)
    assert "the wrong values" in widget.text(judged, exercise)


HOSTILE = "</pre></details><script>alert(1)</script><img src=x onerror=alert(1)> \x1b[31m \u202e &amp; \x00"


def test_what_a_student_writes_stays_text(shown):
    """Output and messages make no elements and steer nothing."""
    facts = {"type": "ValueError", "message": HOSTILE, "frames": [
        {"path": HOSTILE, "line": 1, "function": HOSTILE, "text": HOSTILE}
    ]}  # fmt: skip
    crash = Finding("exception", Status.CRASHED, HOSTILE, facts=facts)
    judged, exercise = shown(
        linear(crash, wrong(HOSTILE, case=HOSTILE), status=Status.CRASHED, output=HOSTILE)
    )
    page = widget.html(judged, exercise)
    assert {tag for tag, _ in Page(page).elements} <= {
        "div", "p", "b", "code", "pre", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert "<script>alert(1)</script>" in Page(page).text
    for said in (page, widget.text(judged, exercise)):
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", said)


def test_notebooks_keep_all_of_it(shown, parts):
    """Attributes and styles are such that JupyterLab's sanitizer lets them pass, and none of them is an id."""
    for judged in (linear(wrong(), output="hello"), *parts.values()):
        for _, attributes in Page(widget.html(*shown(judged))).elements:
            assert attributes.keys() <= KEPT
            for style in filter(None, attributes.get("style", "").split(";")):
                name, _, value = style.strip().partition(": ")
                if (name, value) == ("display", "list-item"):
                    continue  # for nbgrader's feedback; where it is taken away, it is so anyway
                assert re.fullmatch(STYLES[name], value), style


def test_text_keeps_its_colour(shown, parts):
    """Nothing sets the colour of text, which fits the page that is around it."""
    for judged in (linear(wrong(), output="hello"), *parts.values()):
        assert not re.search(r"(?<!-)color:", widget.html(*shown(judged)).replace("background-color", "-"))


def test_the_same_every_time(shown):
    """The same verdict gives the same text."""
    first, second = (shown(linear(wrong(), output="hello")) for _ in range(2))
    assert widget.html(*first) == widget.html(*second)
    assert widget.text(*first) == widget.text(*second)
