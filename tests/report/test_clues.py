"""What is said of an array that is wrong in a way that can be told, and is no known mistake."""

import json
import re

import pytest

from bpkit.course import catalog
from bpkit.judging.verdict import Finding, Status
from bpkit.report import clues, data, words

LINEAR = "layers/linear"
CLUES = [
    ("zero", {}, "It is zero everywhere."),
    ("reshaped", {}, "The numbers in it are right; only the shape is not."),
    ("factor", {"constant": -1.0}, "It is the right array with the sign turned round"),
    ("factor", {"constant": -0.9999999999999}, "It is the right array with the sign turned round"),
    ("factor", {"constant": 2.0}, "It is exactly 2 times the right array"),
    ("factor", {"constant": 1 / 3}, "It is exactly 1/3 times the right array"),
    ("factor", {"constant": -3.5}, "It is exactly -3.5 times the right array"),
    ("factor", {"constant": 0.41421356}, "It is about 0.4142 times the right array"),
    ("factor", {"constant": 2.0, "scalar": True}, "It is exactly 2 times the right number"),
    (
        "factor",
        {"label": "-1 / dy", "each": [0.2]},
        "It is the right array without the factor dy: the upstream gradient",
    ),
    (
        "factor",
        {"label": "-x.size", "each": [0.2]},
        "It is exactly the right array times x.size, in every case. The sign",
    ),
    (
        "factor",
        {"label": "1 / x.shape[0]", "each": [0.2]},
        "It is exactly the right array times 1 / x.shape[0], in",
    ),
    ("factor", {"label": "1 / dy", "each": [0.2]}, "It is the right array without the factor dy"),
    (
        "factor",
        {"each": [0.5, -1.25]},
        "It is the right array times a number that is not the same in every case (0.5, -1.25)",
    ),
    (
        "blocks",
        {"order": ["f", "i"], "names": ["i", "f"]},
        "The numbers are right, but the blocks stand in the order",
    ),
    ("transposed", {"order": None}, "It is the right array transposed"),
    ("transposed", {"order": (2, 0, 1)}, "It holds the right numbers with its axes in another order."),
    (
        "not_summed",
        {"axes": (0,), "mean": False},
        "It still has axis 0, along which",
    ),
    ("not_summed", {"axes": (0,), "mean": True}, "A mean is still to be taken: it has axis 0 left"),
    ("summed", {"axes": None}, "Everything was added up."),
    ("summed", {"axes": (0, 1)}, "Something was added up that belongs apart: along axes 0 and 1"),
    ("wrong_axis", {"of": "dy", "right": (0,), "axes": (1,)}, "It is the sum of dy along axis 1."),
    ("is_other", {"other": "x", "expected": False}, "It is exactly x, unchanged."),
    ("is_other", {"other": "dW", "expected": True}, "It is exactly what dW should be."),
    ("ignores_upstream", {}, "It stays the same whatever dy is."),
    ("bent", {}, "It does not go in proportion with dy: where dy is turned round or doubled"),
    ("signs", {}, "All of its absolute values are right"),
    ("signs", {"scalar": True}, "Its size is right in every case"),
    ("gaps", {}, "Where it is wrong it is 0, and elsewhere it is right. Was"),
    ("gaps", {"scalar": True}, "Where it is wrong it is 0, and in the other cases it is right."),
    ("close", {"off": 0.000123}, "It is close, but not exact: off by up to 0.0001 of its largest entry."),
    ("shifted", {"by": -0.5}, "All of its numbers are too small by 0.5."),
    ("shifted", {"by": None}, "All of its numbers are off by one and the same amount"),
]


@pytest.mark.parametrize(("signature", "facts", "beginning"), CLUES)
def test_each_clue_is_a_sentence(signature, facts, beginning):
    """It begins with the matter and ends as a sentence does."""
    text = clues.say(signature, facts, catalog.find(LINEAR), "linear_backward")
    assert text.startswith(beginning)
    assert re.search(r"[.?]$", text)


def test_every_signature_is_tried_here():
    """No sentence is left out above, and the schema knows each signature."""
    tried = {signature for signature, _, _ in CLUES}
    assert tried == clues._SENTENCES.keys()
    schema = json.loads(data.SCHEMA_FILE.read_text())
    assert set(schema["$defs"]["finding"]["properties"]["signature"]["enum"]) == {None, *tried}


@pytest.mark.parametrize("mistake", [None, "bias-averaged"])
def test_a_known_mistake_comes_before_a_signature(mistake):
    """The message has one explanation: the mistake's where there is one, else the signature's."""
    exercise = catalog.find(LINEAR)
    assert "bias-averaged" in exercise.mistakes
    facts = {"clue": {"constant": 2.0}}
    found = Finding("values", Status.FAILED, "a", "db", mistake, facts=facts, signature="factor")
    text = words.message(found, exercise, "linear_backward")
    assert ("It is exactly 2 times" in text) is (mistake is None)
    assert (exercise.mistakes["bias-averaged"] in text) is (mistake is not None)
    assert "none of the mistakes" not in text
