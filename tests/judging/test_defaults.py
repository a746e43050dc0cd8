"""A default that is not the stub's is told where it is in use."""

import numpy as np
import pytest

from bpkit.course import catalog
from bpkit.judging import defaults, judge
from bpkit.judging.diagnose import Observed
from bpkit.judging.verdict import Finding, Status
from bpkit.reference.pack import Recording
from bpkit.report import words

STEP = "optimizers/rmsprop"
STUB = "def step(w, lr, alpha=0.99, eps=1e-8, *, flag=True): pass"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("w, lr, alpha=0.99, eps=0.00000001, *, flag=True", []),
        ("w, lr, alpha=99e-2, eps=1e-8", []),
        ("w, lr, alpha, eps, flag=1", []),  # what cannot be left out stops the call instead
        ("w, lr, alpha=0.9, eps=1e-8, *, flag=False", [("alpha", "0.9", "0.99"), ("flag", "False", "True")]),
        ("w, lr=0.1, alpha=ALPHA, eps=-1", [("eps", "-1", "1e-08")]),
    ],
)
def test_altered_defaults_are_found_by_name(head, found):
    """Plain values are compared, however they are written; the stub's own arguments only."""
    assert defaults.altered(f"def step({head}):\n    return w", STUB, "step") == found


@pytest.mark.parametrize(
    "text", ["def step(", "x = " + "(" * 500, "def other(alpha=1): pass", "step = 3", "\0"]
)
def test_what_cannot_be_read_has_no_defaults(text):
    """The text is anybody's."""
    assert defaults.altered(text, STUB, "step") == []


def observed(*wrong):
    """Return what was seen of w in as many cases."""
    return {(i, "w"): Observed(np.ones(3), wrong=bad) for i, bad in enumerate(wrong)}


def test_a_default_is_blamed_only_where_it_is_in_use():
    """If a case that gives the argument is wrong as well, it is something else."""
    exercise = catalog.find(STEP)
    plain, given = (
        Recording(exercise.cases[0], inputs, {}, (), {}, {}) for inputs in ({"w": 1}, {"w": 1, "alpha": 0.5})
    )
    text = "def rmsprop_step(w, dw, square_avg, lr, alpha=0.9, eps=1e-8): pass"

    def blamed(*wrong):
        return defaults.blamed("w", exercise, text, (plain, given), observed(*wrong))

    assert blamed(True, False) == (("alpha", "0.9", "0.99"),)
    assert blamed(True, True) == blamed(False, True) == blamed(False, False) == ()
    assert defaults.blamed("w", exercise, None, (plain, given), observed(True, False)) == ()


def test_all_altered_defaults_in_use_are_told():
    """Which of them is to blame is not known: the first may have nothing to do with it."""
    exercise = catalog.find(STEP)
    plain = Recording(exercise.cases[0], {"w": 1}, {}, (), {}, {})
    text = "def rmsprop_step(w, dw, square_avg, lr, alpha=0.9, eps=1e-7): pass"
    found = defaults.blamed("w", exercise, text, (plain,), observed(True))
    assert found == (("alpha", "0.9", "0.99"), ("eps", "1e-07", "1e-08"))
    told = words.message(
        Finding("values", Status.FAILED, "a", "w", facts={"defaults": found}), exercise, "rmsprop_step"
    )
    assert told.index("Where alpha is not given") < told.index("Where eps is not given")


def test_a_gradient_beside_a_wrong_forward_need_not_be_a_known_mistake():
    """It may belong to that forward, and it is said that the forward comes first; how it differs is said all the same."""
    guess = Finding("values", Status.FAILED, "a", "dx")
    first = Finding("mend_forward", Status.FAILED, "a", facts={"function": "linear_forward"})
    told = judge._consistent([guess, guess._replace(array="dW", signature="signs"), first], {"dx", "dW"})
    assert [found.signature for found in told] == [None, "signs", None]
    assert "none of the mistakes" not in words.message(
        told[0], catalog.find("layers/linear"), "linear_backward"
    )


def test_what_answers_otherwise_each_time_is_not_explained_by_its_values():
    """They depend on what was called before, and so would every explanation."""
    guess = Finding("values", Status.FAILED, "a", "w", signature="close", facts={"clue": {}})
    bent = Finding("not_proportional", Status.FAILED, "a", "dz")
    for check in ("repeatable", "backward_repeatable", "cache_not_own"):
        fickle = Finding(check, Status.FAILED, "a", "w")
        told = judge._consistent([guess, bent, fickle], {"w"})
        assert [(found.check, found.signature) for found in told] == [("values", None), (check, None)]
        assert "none of the mistakes" not in words.message(told[0], catalog.find(STEP), "rmsprop_step")
    assert judge._consistent([bent], set()) == [bent]


def test_a_name_from_a_property_takes_the_place_of_a_signature():
    """What a property knows by name need not be guessed at besides."""
    guess = Finding("values", Status.FAILED, "a", "y", signature="gaps", facts={"clue": {}})
    known = Finding("share_is_p", Status.FAILED, None, "y", "mask-inverted", facts={"text": "So many."})
    told = judge._consistent([guess, known], {"y"})
    assert [(found.signature, found.facts.get("explained")) for found in told] == [(None, True), (None, None)]
    assert judge._consistent([guess], {"y"})[0].signature == "gaps"
    behind = known._replace(array=None)
    told = judge._consistent([guess, behind], {"y"})
    assert [(found.check, found.signature) for found in told] == [("share_is_p", None), ("values", None)]


def test_the_message_says_which_default_and_nothing_of_eps():
    """It stands where a known mistake would, before any relation to the right array."""
    facts = {"defaults": (("alpha", "0.9", "0.99"),)}
    finding = Finding("values", Status.FAILED, "a", "w", facts=facts)
    text = words.message(finding, catalog.find(STEP), "rmsprop_step")
    assert "Where alpha is not given it is 0.9" in text
    assert "none of the mistakes" not in text


def test_an_enormous_default():
    """A whole number that Python would not write out is compared with nothing."""
    source = f"def f(x, eps=0x{'f' * 5000}):\n    return x\n"
    assert defaults.altered(source, "def f(x, eps=1e-8):\n    return x\n", "f") == []
