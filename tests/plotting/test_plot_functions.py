"""The student's functions: where they run, and what is said where they give nothing."""

import os

import numpy as np
import pytest

from bpkit.plotting.functions import Unusable, array, parts


def test_runs_elsewhere(student):
    """A function runs in a process of its own, in a namespace of its own where there is one."""
    functions = student({"a/b.py": "import os\ndef b(): return os.getpid()"})
    assert functions("a/b", "b") != os.getpid()


def test_cache_stays_there(student):
    """A forward's cache is a slot, which its backward is given."""
    functions = student()
    assert functions("neuron/relu", "relu_forward", np.array([-1.0, 2.0]), keep=3).tolist() == [0, 2]
    from bpkit.worker.wire import Slot

    assert functions("neuron/relu", "relu_backward", np.array([5.0, 5.0]), Slot(3)).tolist() == [0, 5]


@pytest.mark.parametrize(
    ("text", "started", "words"),
    [
        (None, False, "There is no file optimizers/sgd.py here."),
        ("def sgd_step(w, dw, lr):\n    raise NotImplementedError()", False, "Not started yet."),
        (
            "def sgd_step(w, dw, lr):\n    return 1 / 0",
            True,
            "stopped with ZeroDivisionError: division by zero (opt",
        ),
        ("def other(): pass", True, "sgd_step"),
        ("def sgd_step(w): return w", True, "sgd_step"),
        ("def sgd_step(:", True, "optimizers/sgd.py, line 1: Python cannot read this"),
        ("import os\ndef sgd_step(w, dw, lr): os._exit(3)", True, "exit code 3"),
    ],
)
def test_one_sentence(student, text, started, words):
    """What cannot be used is told in one line that names the exercise."""
    functions = student({} if text is None else {"optimizers/sgd.py": text}, only=True)
    with pytest.raises(Unusable) as raised:
        functions("optimizers/sgd", "sgd_step", np.ones(2), np.ones(2), 0.1)
    told = str(raised.value)
    assert told.startswith("optimizers/sgd: ")
    assert words in told
    assert "\n" not in told
    assert raised.value.started is started


def test_endless_loop_costs_one_deadline(student):
    """A function that never ends is stopped once, and not called again."""
    functions = student({"a/b.py": "calls = 0\ndef b():\n    while True: pass"}, only=True)
    functions._session("a/b").seconds = 0.3
    assert functions.tried(functions, "a/b", "b") is None
    functions._session("a/b").seconds = 1000.0
    assert functions.tried(functions, "a/b", "b") is None
    (gap,) = functions.gaps
    assert gap.exercise == "a/b"
    assert "No answer within 0.3 seconds" in gap.why


def test_patience(student):
    """Calls that take long together are given up, though each keeps its deadline."""
    slow = "import time\ndef b(x):\n    time.sleep(0.05)\n    return x"
    functions = student({"a/b.py": slow}, only=True, patience=0.2)
    with pytest.raises(Unusable, match=r"more than 0\.2 seconds together"):
        functions.many("a/b", "b", [(1.0,)] * 1000, float)


def test_many_in_order(student):
    """Each answer belongs to its call."""
    functions = student({"a/b.py": "def b(x): return x + 1"}, only=True)
    assert functions.many("a/b", "b", [(n,) for n in range(300)], int) == list(range(1, 301))


def test_first_reason_stays(student):
    """An exercise is named once, however often it fails."""
    functions = student({"a/b.py": "def b(x): raise ValueError(x)"}, only=True)
    for number in range(3):
        functions.tried(functions, "a/b", "b", number)
    assert [gap.exercise for gap in functions.gaps] == ["a/b"]
    assert "ValueError: 0" in functions.gaps[0].why


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (None, "something that is no array"),
        ("text", "something that is no array"),
        ([1.0, 2.0], "something that is no array"),
        (np.ones(3), "an array of shape (3,)"),
        (np.ones((2, 1)), "an array of shape (2, 1)"),
        (np.ones(2) * 1j, "an array of complex128"),
    ],
)
def test_no_such_array(value, got):
    """What is no array of the right shape is told."""
    with pytest.raises(Unusable) as raised:
        array("a/b", value, (2,), "w")
    assert got in str(raised.value)
    assert "an array of shape (2,), belongs" in str(raised.value)


def test_arrays():
    """Numbers of any kind become float64."""
    assert array("a/b", 3, (), "x").dtype == np.float64
    assert array("a/b", np.array([1, 2], np.int8), (2,), "x").tolist() == [1.0, 2.0]


@pytest.mark.parametrize("value", [None, (1,), (1, 2, 3), np.ones(2), "ab"])
def test_no_such_parts(value):
    """What is no tuple of so many is told."""
    with pytest.raises(Unusable, match="2 values"):
        parts("a/b", value, 2)
