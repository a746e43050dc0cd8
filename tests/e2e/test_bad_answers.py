"""Answers that are wrong: each is told apart, said in words that help, and leaves the other marks alone."""

from typing import NamedTuple

import pytest


class Wrong(NamedTuple):
    """What is changed in the right linear layer, and what the check has to say about it."""

    old: str
    new: str
    finding: tuple[str, str, str | None]
    words: tuple[str, ...]


DX, DB, RETURN = "dx = dy @ W.T", "db = dy.sum(axis=0)", "    return dx, dW, db\n"
ALL_CASES = 'case "a batch" (also in: a wider batch, one example)'

BACKWARDS = {
    "none": Wrong(
        RETURN,
        "",
        ("no_tuple", "bad_return", None),
        (
            "linear_backward returns None",
            "3 values: dx, dW, db",
            "Is there a `return` at its end?",
            ALL_CASES,
        ),
    ),
    "one value too few": Wrong(
        RETURN,
        "    return dx, dW\n",
        ("count", "bad_return", None),
        ("linear_backward returns 2 values, and should return 3: dx, dW, db", ALL_CASES),
    ),
    "one value too many": Wrong(
        RETURN,
        "    return dx, dW, db, x\n",
        ("count", "bad_return", None),
        ("linear_backward returns 4 values, and should return 3: dx, dW, db", ALL_CASES),
    ),
    "one array alone": Wrong(
        RETURN,
        "    return dx\n",
        ("no_tuple", "bad_return", None),
        ("linear_backward returns one array of shape (5, 3)", "3 values: dx, dW, db", ALL_CASES),
    ),
    "none among them": Wrong(
        RETURN,
        "    return dx, None, db\n",
        ("none", "bad_return", None),
        ("linear_backward returns None for dW, where an array should be", ALL_CASES),
    ),
    "a dict": Wrong(
        RETURN,
        "    return {'dx': dx, 'dW': dW, 'db': db}\n",
        ("no_tuple", "bad_return", None),
        ("linear_backward returns a dict", "3 values: dx, dW, db", ALL_CASES),
    ),
    "wrong shape": Wrong(
        DX,
        "dx = (dy @ W.T).T",
        ("shape", "failed", "dx"),
        ("dx has the shape (3, 5) and needs the shape (5, 3)", ALL_CASES),
    ),
    "a number": Wrong(
        DB,
        "db = dy.sum()",
        ("shape", "failed", "db"),
        ("db is a single number and needs the shape (7,)", ALL_CASES),
    ),
    "float32": Wrong(
        DX,
        "dx = (dy @ W.T).astype(np.float32)",
        ("dtype", "failed", "dx"),
        ("dx is of dtype float32, and needs float64, like the inputs", "astype", ALL_CASES),
    ),
    "whole numbers": Wrong(
        DX,
        "dx = (dy @ W.T).astype(int)",
        ("dtype", "failed", "dx"),
        ("dx is of dtype int64, and needs float64", "made of whole numbers", ALL_CASES),
    ),
    "complex": Wrong(
        DX,
        "dx = dy @ W.T + 0j",
        ("dtype", "failed", "dx"),
        ("dx is of dtype complex128, and needs float64", ALL_CASES),
    ),
    "a list": Wrong(
        DX,
        "dx = (dy @ W.T).tolist()",
        ("no_array", "bad_return", None),
        (
            "dx should be a NumPy array",
            "is a list of 5. np.array(…) makes an array of a list of numbers.",
            ALL_CASES,
        ),
    ),
    "an object array": Wrong(
        DX,
        "dx = (dy @ W.T).astype(object)",
        ("no_array", "bad_return", None),
        ("dx should be a NumPy array of float64", "dtype object, shape (5, 3)", "a list or None", ALL_CASES),
    ),
    "a string": Wrong(
        DX,
        "dx = 'dy @ W.T'",
        ("no_array", "bad_return", None),
        ("dx should be a NumPy array of numbers, and is a str", ALL_CASES),
    ),
    "nan": Wrong(
        DX,
        "dx = dy @ W.T; dx[0, 1] = np.nan",
        ("finite", "failed", "dx"),
        ("dx contains NaN (not a number), first at dx[0, 1]", "logarithm of zero", ALL_CASES),
    ),
    "infinity": Wrong(
        DX,
        "dx = dy @ W.T; dx[0, 2] = -np.inf",
        ("finite", "failed", "dx"),
        ("dx contains infinity, first at dx[0, 2]", "division by zero", ALL_CASES),
    ),
    "a mutated dout": Wrong(
        DB,
        "db = dy.sum(axis=0); dy *= 2",
        ("mutation", "failed", None),
        ("linear_backward changes dy in place", "start from dy.copy(), or make a new one", ALL_CASES),
    ),
    "random": Wrong(
        DX,
        "dx = dy @ W.T + np.random.rand()",
        ("backward_repeatable", "failed", "dx"),
        ("dx came out differently when linear_backward was called again", "add to something", ALL_CASES),
    ),
    "not proportional": Wrong(
        DX,
        "dx = np.clip(dy, -3, 3) @ W.T",
        ("not_proportional", "failed", "dx"),
        ("dx is right for one upstream gradient and wrong for others", "an abs, a clip or an if"),
    ),
    "a known mistake": Wrong(
        DB,
        "db = dy.mean(axis=0)",
        ("values", "failed", "db"),
        (
            "db has the right shape and the wrong values. dx and dW are right.",
            "db is averaged over the batch",
        ),
    ),
    "no known mistake": Wrong(
        DX,
        "dx = dy @ W.T; dx[0] *= 3",
        ("values", "failed", "dx"),
        (
            "dx has the right shape and the wrong values. dW and db are right.",
            "This is none of the mistakes that this exercise knows by name.",
            'case "a batch": x (5, 3), W (3, 7), b (7,) (also in: a wider batch, one example)',
            "dx: shape (5, 3), as it should be; only row 0 is off",
            "worst: dx[0, ",
            "should be ",
            "and is ",
        ),
    ),
}


@pytest.mark.parametrize("wrong", BACKWARDS.values(), ids=BACKWARDS.keys())
def test_a_wrong_backward(student, wrong):
    """A wrong backward costs its own points and no other, and the words say what is wrong with it."""
    student.edit(wrong.old, wrong.new)
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert judged.findings == [wrong.finding]
    assert judged.exercise["status"] == wrong.finding[1]
    assert (judged.exercise["points"], judged.part("linear_backward")["points"]) == (2, 0)
    assert [word for word in wrong.words if word not in judged.text] == []


PAIR, OUTPUT = "    return y, cache\n", "y = x @ W + b"

FORWARDS = {
    "none": Wrong(
        PAIR,
        "",
        ("pair", "bad_return", None),
        (
            "two things, the output and the cache, and returns None. Is there a `return` at its end?",
            ALL_CASES,
        ),
    ),
    "no cache": Wrong(
        PAIR,
        "    return y\n",
        ("pair", "bad_return", None),
        ("the output and the cache, and returns one array of shape (5, 7).", ALL_CASES),
    ),
    "three things": Wrong(
        PAIR,
        "    return y, x, W\n",
        ("pair", "bad_return", None),
        ("the output and the cache, and returns a tuple of 3.", ALL_CASES),
    ),
    "no output": Wrong(
        PAIR,
        "    return None, cache\n",
        ("none", "bad_return", None),
        ("linear_forward returns None for y, where an array should be.\n", ALL_CASES),
    ),
    "a list": Wrong(
        OUTPUT,
        "y = (x @ W + b).tolist()",
        ("no_array", "bad_return", None),
        ("y should be a NumPy array of numbers, and is a list of 5", ALL_CASES),
    ),
    "wrong shape": Wrong(
        OUTPUT,
        "y = (x @ W + b).ravel()",
        ("shape", "failed", "y"),
        ("y has the shape (35,) and needs the shape (5, 7)", ALL_CASES),
    ),
    "different from call to call": Wrong(
        OUTPUT,
        "f = linear_forward; f.calls = getattr(f, 'calls', -1) + 1; y = x @ W + b + f.calls",
        ("repeatable", "failed", "y"),
        ("y came out differently when linear_forward was called again with the same inputs", "only from rng"),
    ),
}


@pytest.mark.parametrize("wrong", FORWARDS.values(), ids=FORWARDS.keys())
def test_a_forward_that_stops_the_backward(student, wrong):
    """A forward that no backward can start from is told first, and the backward waits for it."""
    student.edit(wrong.old, wrong.new)
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert wrong.finding in judged.findings
    assert judged.exercise["status"] == wrong.finding[1]
    assert judged.exercise["points"] == 0
    assert judged.part("linear_backward")["status"] == "blocked"
    assert "Mend linear_forward first; then this can be judged." in judged.text
    assert [word for word in wrong.words if word not in judged.text] == []


@pytest.mark.parametrize(
    ("new", "argument"),
    [("y = x @ W + b; x += 1", "x"), ("b += 1; y = x @ W + b - 1", "b")],
    ids=["afterwards", "on the way"],
)
def test_a_mutated_input(student, new, argument):
    """A forward that changes what it was given is told which argument, though its output is right."""
    student.edit(OUTPUT, new)
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert ("mutation", "failed", None) in judged.findings
    assert judged.part("linear_forward")["status"] == "failed"
    assert f"linear_forward changes {argument} in place," in judged.text
    assert "linear_backward changes" not in judged.text


def test_a_forward_with_nan(student):
    """A forward that gives NaN is told where it starts."""
    student.edit(OUTPUT, "y = x @ W + b; y[-1, 2] = np.nan")
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert judged.findings == [("finite", "failed", "y")]
    assert "y contains NaN (not a number), first at y[4, 2]." in judged.text


def test_a_backward_that_works_once(student):
    """A backward that uses its cache up is told so: it may be called twice."""
    student.edit("cache = (x, W)", "cache = [x, W]")
    student.change("x, W = cache", "W, x = cache.pop(), cache.pop()")
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert judged.findings == [("backward_repeatable", "failed", None)]
    assert judged.part("linear_forward")["status"] == "passed"
    assert "The second time, with the same cache: linear_backward stopped with" in judged.text
    assert "It may be called twice: does it use the cache up" in judged.text


def test_an_input_that_the_backward_changes(student):
    """A backward that writes into the forward's input, which it has from the cache, is told which."""
    student.edit(DB, "db = dy.sum(axis=0); x *= 2")
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert ("cache_mutation", "failed", None) in judged.findings
    assert judged.part("linear_forward")["status"] == "passed"
    assert "linear_backward changes x, through the cache." in judged.text


def test_a_global_in_place_of_the_cache(student):
    """A backward that uses what the last forward left in a global is told to use its cache."""
    student.edit("cache = (x, W)", "cache = None; linear_forward.last = (x, W)")
    student.change("x, W = cache", "x, W = linear_forward.last")
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert judged.findings == [("cache_not_own", "failed", "dx")]
    assert "Use only what the cache holds" in judged.text


@pytest.mark.parametrize(
    ("last", "function", "points"),
    [("    return y, cache\n", "linear_forward", 0), ("    return dx, dW, db\n", "linear_backward", 2)],
)
def test_the_stubs_last_line_left_in(student, last, function, points):
    """Code with the stub's `raise` still below it is told which line to delete."""
    student.edit(last, f"    raise NotImplementedError()\n{last}")
    judged = student.check("layers/linear")
    assert (judged.code, judged.exercise["points"]) == (1, points)
    assert judged.part(function)["status"] == "not_started"
    line = (student.root / "layers/linear.py").read_text().split("\n").index(
        "    raise NotImplementedError()"
    ) + 1
    assert f"line {line} still says raise NotImplementedError(). Delete that line." in judged.text


def test_two_mistakes_are_both_named(student):
    """Two mistakes in two arrays are both named, each with its own sentence."""
    student.edit(DX, "dx = dy @ np.ones_like(W.T)")
    student.change(DB, "db = dy.mean(axis=0)")
    judged = student.check("layers/linear")
    mistakes = {
        finding["array"]: finding["mistake"] for finding in judged.part("linear_backward")["findings"]
    }
    assert mistakes == {"dx": "weights-ignored", "db": "bias-averaged"}
    assert "dx is what you would get if every weight were 1." in judged.text
    assert "db is averaged over the batch." in judged.text


def test_one_mistake_in_two_arrays_is_said_once(student):
    """A mistake that shows in two arrays is named at both, and its sentence is printed once."""
    student.edit(RETURN, "    return dW, dx, db\n")
    judged = student.check("layers/linear")
    findings = judged.part("linear_backward")["findings"]
    assert {finding["array"]: finding["mistake"] for finding in findings} == {
        "dx": "swapped",
        "dW": "swapped",
    }
    assert judged.text.count("come back in the wrong order") == 1


def test_the_right_backward_of_a_wrong_forward(student):
    """A backward that is the derivative of its own, wrong forward keeps its points, and both are told."""
    student.edit(OUTPUT, "y = 3 * (x @ W) + b")
    student.change(DX, "dx = 3 * dy @ W.T")
    student.change("dW = x.T @ dy", "dW = 3 * x.T @ dy")
    judged = student.check("layers/linear")
    assert judged.code == 1
    assert judged.findings == [("values", "failed", "y")]
    assert (judged.exercise["points"], judged.part("linear_backward")["points"]) == (4, 4)
    assert "This is the right derivative of linear_forward as it stands." in judged.text
