"""The verdict on a terminal: the whole text, its colours, and what it does with strange characters."""

import io
import sys

import click
import numpy as np
import pytest

from bpkit.judging.verdict import Compared, ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.report import terminal, words

EVERYTHING = """\
✓ neuron/relu · Rectified linear unit (3 of 3 points)
✗ layers/linear · Linear layer (2 of 6 points)
  ✓ linear_forward: passed (2 of 2)
      There was a warning on the way (RuntimeWarning: overflow encountered in exp). That costs nothing.
        case "a batch" (also in: one example)
  ✗ linear_backward: not right yet (0 of 4)
      dx has the right shape and the wrong values. db is right.
        This is none of the mistakes that this exercise knows by name.
        case "a batch": x (5, 3), W (3, 7) (also in: one example)
        dx: shape (5, 3), as it should be; only row 4 is off
        worst: dx[4, 0] should be 2, and is -0.25
      dW has the shape (7, 3) and needs the shape (3, 7).
        dW is transposed. It has the shape of W: features in along the rows, features out along the columns.
        case "a batch" (also in: one example)
  Your code printed:
    | step 1
    | \\x1b[31mstep 2
✗ optimizers/sgd · Stochastic gradient descent (0 of 3 points)
  ✗ sgd_step: stopped with an error (0 of 3)
      sgd_step stopped with NameError: name 'du' is not defined
            optimizers/sgd.py, line 7, in sgd_step
                return w - lr * du
        case "a batch" (also in: one example)
· optimizers/adam · Adam (0 of 6 points, not started)

1 of 4 exercises pass, 5 of 18 points.
Isolation level 1: seccomp (no processes, sockets or files for writing)."""


def render(*judged, exercises):
    """Return the text without its colours and its last line, which tells the isolation."""
    text, _, last = click.unstyle(terminal.render(Verdict(judged, 2), exercises)).rpartition("\n")
    assert last == f"Isolation level 2: {words.ISOLATION[2]}."
    return text


@pytest.fixture(autouse=True)
def unicode_terminal(monkeypatch):
    """Have a standard output that takes every character, whatever runs these tests."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))


def test_everything(verdict, exercises):
    """A verdict about several exercises: details where something is wrong, a line where not, and the sum."""
    assert click.unstyle(terminal.render(verdict, exercises)) == EVERYTHING


def test_one_exercise_shows_its_parts(parts, exercises):
    """One exercise alone shows its parts even where all is well, and no sum."""
    assert render(parts["passed"], exercises=exercises) == (
        "✓ neuron/relu · Rectified linear unit (3 of 3 points)\n"
        "  ✓ relu_forward: passed (1 of 1)\n"
        "  ✓ relu_backward: passed (2 of 2)"
    )
    assert render(parts["not_started"], exercises=exercises) == (
        "· optimizers/adam · Adam (0 of 6 points)\n  · adam_step: not started (0 of 6)"
    )


@pytest.mark.parametrize(
    ("status", "colour", "mark"),
    [
        (Status.PASSED, "green", "✓"),
        (Status.NOT_STARTED, "cyan", "·"),
        (Status.BLOCKED, "cyan", "·"),
        (Status.NOT_JUDGED, "magenta", "?"),
        (Status.FAILED, "red", "✗"),
        (Status.BAD_RETURN, "red", "✗"),
        (Status.CRASHED, "red", "✗"),
        (Status.TIMED_OUT, "red", "✗"),
        (Status.OUT_OF_MEMORY, "red", "✗"),
    ],
)
def test_colours(status, colour, mark, exercises):
    """Each status has its mark and its colour; the mark alone tells it too."""
    part = PartVerdict("sgd_step", status, 0, 3, ())
    judged = ExerciseVerdict("optimizers/sgd", "SGD", status, 0.1, (part,))
    text = terminal.render(Verdict((judged,), 1), exercises)
    assert text.startswith(f"{click.style(mark, fg=colour)} {click.style(judged.id, bold=True)} · SGD")
    assert click.unstyle(text).startswith(f"{mark} optimizers/sgd · SGD (0 of 3 points)")


def test_what_is_not_judged_is_open(parts, exercises):
    """Points that could not be judged are neither earned nor lost, and the text says so everywhere."""
    part = PartVerdict("sgd_step", Status.NOT_JUDGED, None, 3, (Finding("inconclusive", Status.NOT_JUDGED),))
    judged = ExerciseVerdict("optimizers/sgd", "SGD", Status.NOT_JUDGED, 0.1, (part,))
    text = render(parts["passed"], judged, exercises=exercises)
    assert "? optimizers/sgd · SGD (0 of 3 points, 3 not judged)" in text
    assert "sgd_step: could not be judged (a fault of the checker, not yours) (3 open)" in text
    assert text.endswith("1 of 2 exercises pass, 3 of 6 points, 3 not judged.")


def test_no_other_control_characters(verdict, exercises):
    """Apart from its own colours, the text holds no control character but the line's end."""
    text = click.unstyle(terminal.render(verdict, exercises))
    assert {character for character in text if ord(character) < 32 or ord(character) == 127} == {"\n"}


def test_what_stops_the_whole_file_is_told_once(exercises):
    """A finding that is the same for both parts is told at the first."""
    facts = {"path": "layers/linear.py", "line": 3, "message": "invalid syntax", "text": "x = = 1"}
    found = (Finding("syntax", Status.CRASHED, facts=facts),)
    parts = tuple(
        PartVerdict(name, Status.CRASHED, 0, 3, found) for name in ("linear_forward", "linear_backward")
    )
    judged = ExerciseVerdict("layers/linear", "Linear layer", Status.CRASHED, 0.1, parts)
    assert render(judged, exercises=exercises).split("\n")[1:] == [
        "  ✗ linear_forward: stopped with an error (0 of 3)",
        "      layers/linear.py, line 3: Python cannot read this: invalid syntax.",
        "            x = = 1",
        "  ✗ linear_backward: stopped with an error (0 of 3)",
        "      The same as above.",
    ]


def test_one_mistake_in_two_arrays_is_said_once(exercises):
    """A mistake that shows in two arrays is explained at the first."""
    found = tuple(
        Finding("shape", Status.FAILED, "a", array, "swapped", facts={"shape": (3,), "expected_shape": (5,)})
        for array in ("dx", "dW")
    )
    part = PartVerdict("linear_backward", Status.FAILED, 0, 4, found)
    judged = ExerciseVerdict("layers/linear", "Linear layer", Status.FAILED, 0.1, (part,))
    text = render(judged, exercises=exercises)
    assert text.count(exercises["layers/linear"].mistakes["swapped"]) == 1
    assert text.count("has the shape (3,) and needs the shape (5,).") == 2


def wrong(function, *arrays, also=()):
    """Return a part with wrong arrays, and what else was found."""
    expected = np.zeros((3, 2))
    compared = Compared(expected + np.array([[0, 0], [0, 2], [0, 0]]), expected)
    found = [Finding("values", Status.FAILED, "a", name, compared=compared) for name in arrays]
    found += [Finding(check, Status.FAILED, facts={"function": "linear_forward"}) for check in also]
    return PartVerdict(function, Status.FAILED, 0, 3, tuple(found))


def test_pictures(exercises):
    """The first wrong array of a part is shown below its message, where one exercise is told and there is room."""
    forward, backward = wrong("linear_forward", "y"), wrong("linear_backward", "dx", "dW")
    judged = ExerciseVerdict("layers/linear", "Linear layer", Status.FAILED, 0.1, (forward, backward))
    verdict = Verdict((judged,), 2)
    lines = [line.rstrip() for line in click.unstyle(terminal.render(verdict, exercises, 80)).split("\n")]
    place = lines.index("        how far off dx is (· right):")
    assert lines[place - 3].startswith("      dx has the right shape")
    assert lines[place + 1 : place + 5] == [
        "            [0]  [1]", "        [0]   ·    ·", "        [1]   ·    2", "        [2]   ·    ·"
    ]  # fmt: skip
    assert lines[place + 5].startswith("      dW has the right shape")
    assert sum("how far off" in line for line in lines) == 2  # y and dx
    plain = terminal.render(verdict, exercises)
    assert plain == terminal.render(verdict, exercises, 0) == terminal.render(verdict, exercises, 14)
    assert "how far off" not in plain
    two = Verdict((judged, judged), 2)
    assert terminal.render(two, exercises, 80) == terminal.render(two, exercises)


def test_no_picture_of_what_can_wait(exercises):
    """Where the forward is to be mended first, only its own array is shown."""
    parts = wrong("linear_forward", "y"), wrong("linear_backward", "dx", also=["mend_forward"])
    judged = ExerciseVerdict("layers/linear", "Linear layer", Status.FAILED, 0.1, parts)
    text = terminal.render(Verdict((judged,), 2), exercises, 80)
    assert "how far off y is" in text
    assert "how far off dx is" not in text


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ("", []),
        ("  \n \n", []),
        ("one\n\ntwo\n", ["one", "", "two"]),
        ("\x1b]0;title\x07", ["\\x1b]0;title\\x07"]),
        ("a\rb\x00c\x7f\x9bd", ["a\\x0db\\x00c\\x7f\\x9bd"]),
        ("\u202eright to left\u200b\u2028", ["\\x202eright to left\\x200b\\x2028"]),
        ("tab\tand ünïcödé 漢字", ["tab\tand ünïcödé 漢字"]),
        ("x" * 200, ["x" * 200]),
        ("x" * 1201, [f"{'x' * 200} … and 1,001 more characters"]),
        ("line\n" * 20, ["line"] * 20),
        ("line\n" * 23, [*["line"] * 20, "… and 3 more lines"]),
    ],
    ids=["nothing", "blank", "lines", "title", "controls", "format", "text", "200", "1201", "20", "23"],
)
def test_prints(parts, exercises, output, shown):
    """What a student printed is shown, neutralised and cut to a length that can be read."""
    lines = render(parts["passed"]._replace(output=output), exercises=exercises).split("\n")[3:]
    assert lines == (["  Your code printed:", *(f"    | {line}" for line in shown)] if shown else [])


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_terminals_without_unicode(monkeypatch, parts, exercises, encoding):
    """A terminal that lacks a character gets plain marks, and a question mark for what has none."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    text = render(parts["failed"]._replace(output="☃"), exercises=exercises)
    text.encode(encoding)
    lines = text.split("\n")
    assert lines[0] == "x layers/linear - Linear layer (2 of 6 points)"
    assert lines[1] == "  + linear_forward: passed (2 of 2)"
    assert lines[-1] == "    | ?"


def test_a_students_text_in_a_message_is_neutral(exercises):
    """An exception's message and a line of code are the student's, and cannot steer the terminal."""
    frame = {"path": "a\x1b[31m.py", "line": 1, "function": "f\x07", "text": "\x1b[2J"}
    facts = {"type": "E\x1b[1m", "message": "m\x08\rm", "frames": [frame]}
    found = (Finding("exception", Status.CRASHED, facts=facts),)
    part = PartVerdict("sgd_step", Status.CRASHED, 0, 3, found)
    judged = ExerciseVerdict("optimizers/sgd", "SGD", Status.CRASHED, 0.1, (part,))
    lines = render(judged, exercises=exercises).split("\n")
    assert lines[2:] == [
        "      sgd_step stopped with E\\x1b[1m: m\\x08\\x0dm",
        "            a\\x1b[31m.py, line 1, in f\\x07",
        "                \\x1b[2J",
    ]


def test_several_arrays_with_one_explanation(parts, exercises):
    """What is the same for each array, its explanation and its case, is said once."""
    facts = {
        "shape": (3,),
        "inputs": "x (5, 3)",
        "clue": {"constant": -1.0},
        "index": (0,),
        "expected": 2.0,
        "got": -2.0,
    }
    found = tuple(
        Finding("values", Status.FAILED, "a batch", name, where="all", facts=facts, signature="factor")
        for name in ("dx", "dW")
    )
    wrong = parts["failed"].parts[1]._replace(findings=found)
    text = render(parts["failed"]._replace(parts=(wrong,), output=""), exercises=exercises)
    assert text.count("with the sign turned round") == text.count('case "a batch": x (5, 3)') == 1
    assert "dx has the right shape" in text
    assert "dW has the right shape" in text
    assert text.count("every element is off") == 2


def test_an_array_that_is_explained_elsewhere(parts, exercises):
    """Beside a finding that names the mistake, another one about the same array does not say that it has no name."""
    found = (
        Finding("gradient", Status.FAILED, "a", "dx", facts={"explained": True}),
        Finding("gradient", Status.FAILED, "b", "dx", "weights-transposed"),
    )
    wrong = parts["failed"].parts[1]._replace(findings=found)
    text = render(parts["failed"]._replace(parts=(wrong,), output=""), exercises=exercises)
    assert "none of the mistakes" not in text
