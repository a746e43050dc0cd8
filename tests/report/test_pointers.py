"""Hints: the pointer at what the last check found, and the lines in the student's file."""

import string

import click
import pytest

from bpkit.course import catalog
from bpkit.judging.standing import Found, Hints
from bpkit.report import clues, pointers

LINEAR = """\
def linear_forward(x, W, b):
    y = x @ W
    y += b
    return y, (x, W)


def linear_backward(dy, cache):
    x, W = cache
    dx = np.zeros(x.shape)
    for i in range(len(dx)):
        dx[i] = W @ dy[i]
    gradients = {}
    gradients[dx[0, 0]] = 1
    return dx, x.T @ dy, dy.mean(axis=0)
"""
DB = Found("linear_backward", "values", "db", "bias-averaged")


def made(array, source=LINEAR, part="linear_backward"):
    """Return the numbers of the lines that make an array."""
    found = Found(part, "values", array)
    return [line for line, _ in pointers.made_at(catalog.find("layers/linear"), found, source)]


def test_where_an_array_is_made():
    """Assignments to the returned name, through an index too; else the return itself."""
    assert made("y", part="linear_forward") == [2, 3]
    assert made("dx") == [9, 11]
    assert made("dW") == [14]
    assert made("db", LINEAR.replace("dy.mean(axis=0)", "grad[1]")) == [14]
    assert made("dx[0].W") == [9, 11]
    assert made(
        "db", LINEAR.replace("    return dx, x.T @ dy, dy.mean(axis=0)", "    out = 1\n    return out")
    ) == [15]


@pytest.mark.parametrize(
    "source", ["", "def linear_backward(", "x = 1", "def linear_backward(dy, cache):\n    pass"]
)
def test_where_nothing_is_made(source):
    """A file that cannot be read, or has no such function, has no such line."""
    assert made("db", source) == []


def test_the_pointer(exercises):
    """The first hint says the mistake, shows the line that makes the array, and asks the exercise's own question."""
    shown = pointers.hints(exercises["layers/linear"], Hints(1, DB, LINEAR, new=True), 80)
    assert "The last check stumbled over db in linear_backward:" in shown
    assert "db is averaged over the batch." in shown
    assert "line 14: return dx, x.T @ dy, dy.mean(axis=0)" in shown
    assert exercises["layers/linear"].hints[0] in shown
    assert shown.endswith("Try it with that. `bpkit hint linear` opens the next one.")


def test_without_a_mistake(exercises):
    """Without a mistake the hints are the exercise's own; the last one says that it is the last."""
    exercise = exercises["layers/linear"]
    shown = " ".join(pointers.hints(exercise, Hints(3, None, "", new=True), 80).split())
    assert [hint for hint in exercise.hints if " ".join(hint.split()) not in shown] == []
    assert "That is all of them." in shown
    assert "No hint is open yet." in pointers.hints(exercise, Hints(0, None, ""), 80)


def test_in_watch(exercises):
    """The key is named that opens the next one, and the exercise, which stands above, is not."""
    exercise = exercises["layers/linear"]
    shown = pointers.hints(exercise, Hints(1, DB, LINEAR, new=True), 80, key="h")
    assert click.unstyle(shown).startswith("Hint 1 of 3\nThe last check stumbled over db")
    assert shown.endswith("\n\nTry it with that. h opens the next one.")
    assert "That is all of them." in pointers.hints(exercise, Hints(3, DB, LINEAR, new=True), 80, key="h")


def test_why_all_are_open(exercises):
    """Where it cannot be kept which hints are open, that is said last."""
    why = "All hints, because it cannot be kept which are open. The disk is full."
    shown = pointers.hints(exercises["layers/linear"], Hints(3, why_not=why), 80)
    assert click.unstyle(shown).endswith(f"statement with its formulas.\n{why}")


@pytest.mark.parametrize("signature", pointers._SIGNATURES)
def test_every_kind_of_mistake_has_a_question(exercises, signature):
    """Each signature is turned into a question about the array."""
    found = Found("linear_backward", "values", "db", None, signature)
    shown = pointers.hints(exercises["layers/linear"], Hints(1, found, LINEAR, new=True), 200)
    assert "?" in shown.split("line 14")[1]
    assert "{" not in shown


def test_signatures_are_those_that_checks_find():
    """There is a question for every signature that the judge knows, and for no other but what needs none."""
    assert clues._SENTENCES.keys() == pointers._SIGNATURES.keys()


def test_questions_use_known_names():
    """No question asks for a name that is not filled in."""
    names = {"array", "input", "output", "upstream"}
    for table in (pointers._SIGNATURES, pointers._CHECKS, pointers._KINDS):
        for text in table.values():
            assert {name for _, name, _, _ in string.Formatter().parse(text) if name} <= names


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found("linear_backward", "values", "dx"), "Take one number of x. Which numbers of y does it reach"),
        (Found("linear_forward", "values", "y"), "work y out by hand from the statement"),
        (Found("linear_backward", "shape", "db", "bias-keepdims"), "Which shape should db have?"),
        (Found("linear_backward", "deadline"), "Which loop might never end?"),
        (Found("linear_backward", "exception"), "`bpkit check linear` says at which line."),
        (Found("gone", "values", "dx", "gone", "gone"), "`bpkit check linear` says at which line."),
    ],
)
def test_what_is_asked(exercises, found, words):
    """What is asked fits what was found, down to a file from another version."""
    assert words in pointers.hints(exercises["layers/linear"], Hints(1, found, LINEAR, new=True), 300)


def test_the_students_line_cannot_steer_the_terminal(exercises):
    """Control characters in the line that is shown are spelled out."""
    source = 'def linear_backward(dy, cache):\n    db = "\x1b[2J"\n    return dx, dW, db\n'
    assert "\\x1b[2J" in pointers.hints(exercises["layers/linear"], Hints(1, DB, source, new=True), 80)
