"""Sentences: each finding that judging can give has one, which says what it should and gives nothing away."""

import ast
import re
from pathlib import Path

import pytest

import bpkit
from bpkit.course import catalog
from bpkit.judging import variants
from bpkit.judging.verdict import Finding, Status
from bpkit.report import words

JUDGING = Path(bpkit.__file__).parent / "judging"
# The one check that is not named in judging: a property of the course's, which brings its own text.
PROPERTIES = {("properties.py", "name")}
LINEAR, FORWARD, BACKWARD = "layers/linear", "linear_forward", "linear_backward"

FRAME = {"path": "layers/linear.py", "line": 9, "function": BACKWARD, "text": "dx = dy @ W"}
FACTS = {
    "also": ("one example",), "argument": "dy", "arguments": ("dy", "cache"), "code": 3, "dtype": "float32",
    "error": "too many arguments", "exercise": "layers/softmax",
    "exercises": ["layers/linear"], "expected_shape": (7,), "for": "PyTorch",
    "frames": [FRAME], "function": FORWARD, "got": "a list of 5", "inputs": "x (5, 3)", "kinds": ["nan"],
    "line": 9, "message": "it broke", "names": ("dx", "dW", "db"), "number": False, "path": "a.py",
    "property": "mean_is_kept", "right": ["dx", "dW"], "seconds": 5.0, "shape": (5, 7), "signal": "SIGSEGV",
    "signature": "(dy)", "text": "dx = dy @ W", "type": "ValueError", "warning": "RuntimeWarning: overflow",
}  # fmt: skip
WORST = {"index": (0, 1), "expected": 2.0, "got": -0.25}
OWN_FACTS = {
    "values": WORST,
    "gradient": WORST,
    "finite": {"index": (0, 1)},
    "count": {"expected": 3, "got": 2},
    "numerical": {"forward": FORWARD},
    "tree": {"wanted": "a list of 2 arrays"},
    "float32": {"before": 2.0, "got": 2.5, "place": (0, 1)},
}


def constants(node):
    """Return the strings that an expression can give: itself, or either side of a condition."""
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def checks_in(path):
    """Return the ids of the checks that a module makes findings of, and the names that it takes them from."""
    ids, names = set(), set()
    for function in (
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
    ):
        parameters = {argument.arg for argument in function.args.args}
        assigned = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                assigned.setdefault(node.targets[0].id, set()).update(constants(node.value))
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"Finding": 0, "of_mismatch": 0, "differs": 0, "Failure": 1}.get(called)
            if place is None or len(node.args) <= place:
                continue
            given = node.args[place]
            if isinstance(given, ast.Name) and given.id not in parameters:
                ids |= assigned.get(given.id, set())
                names |= set() if assigned.get(given.id) else {(path.name, given.id)}
            else:
                ids |= constants(given)
    return ids, names


@pytest.fixture(scope="module")
def checks():
    """Return every check's id, and where a name stands that this reading could not follow."""
    found = [checks_in(path) for path in sorted(JUDGING.glob("*.py"))]
    return set().union(*(ids for ids, _ in found)), set().union(*(names for _, names in found))


def text_of(check, function=BACKWARD, mistake=None, **facts):
    """Return the text of a finding with facts that fit every check."""
    finding = Finding(
        check,
        Status.FAILED,
        "a batch",
        "db",
        mistake,
        "row 0",
        0.5,
        {**FACTS, **OWN_FACTS.get(check, {}), **facts},
    )
    return words.message(finding, catalog.find(LINEAR), function)


def test_reading_of_the_source(checks):
    """The reading of judging's source finds the checks that are known to be there, of each kind."""
    ids, names = checks
    assert ids >= {
        "shape",
        "none",
        "no_array",
        "values",
        "gradient",
        "mutation",
        "deadline",
        "right_as_pytorch",
    }
    assert names <= PROPERTIES


def test_every_check_has_a_sentence(checks):
    """Each check that judging can give has a sentence, and each sentence has a check."""
    ids = checks[0] | {variant.check for variant in variants._VARIANTS if variant.check}
    assert ids - words._SENTENCES.keys() == set()
    assert words._SENTENCES.keys() - ids == set()


@pytest.mark.parametrize("check", sorted(words._SENTENCES))
def test_every_sentence_is_one(check):
    """A sentence can be made from the facts, begins with the matter, ends, and shows no placeholder."""
    first, *_ = text_of(check).split("\n")
    assert len(first) > 10
    assert re.search(r"[.?:]$|: it broke$|dx = dy @ W$", first), first
    assert not re.search(r"[{}<]|\bfacts\b|lambda", text_of(check))
    assert "  " not in first


def test_every_status_has_words():
    """Each status has words of its own."""
    assert words.STATUS.keys() == set(Status)
    assert len(set(words.STATUS.values())) == len(Status)


def test_wrong_values_in_full():
    """A wrong array is told with what is right beside it, the case, shapes, where, and the worst element."""
    facts = {"shape": (5, 7), "inputs": "x (5, 3), W (3, 7), b (7,)"}
    assert text_of("values", **facts) == (
        "db has the right shape and the wrong values. dx and dW are right.\n"
        "This is none of the mistakes that this exercise knows by name.\n"
        'case "a batch": x (5, 3), W (3, 7), b (7,) (also in: one example)\n'
        "db: shape (5, 7), as it should be; only row 0 is off\n"
        "worst: db[0, 1] should be 2, and is -0.25"
    )


def test_known_mistake_in_full():
    """A known mistake's sentence follows what is wrong, and takes the place of not knowing it."""
    text = text_of("values", mistake="bias-averaged")
    sentence = catalog.find(LINEAR).mistakes["bias-averaged"]
    assert text.split("\n")[1] == sentence
    assert "none of the mistakes" not in text


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("all", "every element is off"),
        ("one", "only one element is off"),
        ("row 2", "only row 2 is off"),
        ("column 0", "only column 0 is off"),
        ("13 of 35", "13 of 35 elements are off"),
    ],
)
def test_where(where, expected):
    """Where the errors sit is said in words."""
    finding = Finding("values", Status.FAILED, "a", "y", None, where, 0.1, {**FACTS, **WORST})
    assert expected in words.message(finding, catalog.find(LINEAR), FORWARD)


@pytest.mark.parametrize(
    ("shape", "wanted", "expected"),
    [
        ((5,), (5, 3), "db has the shape (5,) and needs the shape (5, 3)."),
        ((), (5, 3), "db is a single number and needs the shape (5, 3)."),
        ((1,), (), "db has the shape (1,) and should be a single number."),
    ],
)
def test_shapes(shape, wanted, expected):
    """A wrong shape is told with the right one; a number is called a number."""
    assert text_of("shape", shape=shape, expected_shape=wanted).startswith(expected)


@pytest.mark.parametrize(
    ("check", "array", "facts", "expected"),
    [
        ("no_array", "error", {"got": "a str"}, "error should be a number, and is a str."),
        ("no_array", "error", {"got": "a list of 1"}, "error should be a number, and is a list of 1."),
        ("no_array", "verdict", {"got": "a str"}, "verdict should be True or False, and is a str."),
        ("none", "error", {}, "relative_error returns None for error, where a number should be."),
        ("none", "verdict", {}, "gradient_check returns None for verdict, where True or False should be."),
        (
            "shape",
            "verdict",
            {"shape": (1,), "expected_shape": ()},
            "verdict has the shape (1,) and should be True or False.",
        ),
        (
            "values",
            "verdict",
            {"index": (), "expected": 1.0, "got": 0.0},
            "worst: verdict should be True, and is False",
        ),
        ("values", "error", {"index": (), "expected": 1.0, "got": 0.0}, "worst: error should be 1, and is 0"),
    ],
)
def test_numbers_and_flags(check, array, facts, expected):
    """Where a number is wanted, or True or False, that is what is said, and not an array."""
    function = {"error": "relative_error", "verdict": "gradient_check"}[array]
    facts = {"array": array, "number": True, "shape": (), **facts}
    finding = Finding(check, Status.FAILED, "a case", array, facts=facts)
    text = words.message(finding, catalog.find("backprop/gradient_check"), function)
    assert expected in text
    assert "array" not in text


@pytest.mark.parametrize(
    ("check", "exercise_id", "function", "asks"),
    [
        ("pair", LINEAR, FORWARD, True),
        ("no_tuple", LINEAR, BACKWARD, True),
        ("none", LINEAR, BACKWARD, False),
        ("none", LINEAR, FORWARD, False),
        ("none", "neuron/relu", "relu_backward", True),
        ("none", "optimizers/sgd", "sgd_step", True),
    ],
)
def test_forgotten_return(check, exercise_id, function, asks):
    """Whether there is a `return` is asked where a forgotten one is what None means, and nowhere else."""
    finding = Finding(check, Status.BAD_RETURN, facts={"got": "None", "array": "dW", "names": ("dx", "dW")})
    text = words.message(finding, catalog.find(exercise_id), function)
    assert ("Is there a `return` at its end?" in text) is asks


def test_frames():
    """The student's own lines are shown, repeated ones once, no more than five, the innermost last."""
    frames = [{**FRAME, "line": line} for line in (1, 2, 2, 2, 3, 4, 5, 6)]
    lines = text_of("exception", frames=frames).split("\n")
    assert lines[0] == "linear_forward stopped with ValueError: it broke"
    assert [line.split(",")[1] for line in lines if ", line " in line] == [
        f" line {n}" for n in (2, 3, 4, 5, 6)
    ]


def test_exception_on_import():
    """What happens while the file is read is not said of a function that never ran."""
    frames = [{**FRAME, "function": "<module>"}, FRAME]
    assert text_of("exception", frames=frames).startswith("The file stopped with ValueError: it broke")


def code_of(exercise_id, solutions):
    """Return the right-hand sides in a solution's last region; the statement tells the forward."""
    text = (solutions / f"{exercise_id}.py").read_text()
    last = re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL)[-1]
    lines = [line.strip() for line in last.split("\n") if not line.strip().startswith("#")]
    codes = {re.sub(r"\s", "", line.partition(" = ")[2]) for line in lines}
    return {code for code in codes if re.search(r"[-+*/@(]", code) and len(code) >= 4}


@pytest.mark.parametrize("exercise_id", catalog.ids())
def test_no_sentence_gives_the_answer_away(exercise_id, solutions):
    """No sentence about a mistake holds a line of the solution."""
    answers = code_of(exercise_id, solutions)
    assert answers
    told = {name: re.sub(r"\s", "", text) for name, text in catalog.find(exercise_id).mistakes.items()}
    assert {name: code for name, text in told.items() for code in answers if code in text} == {}


def test_mistakes_that_cannot_be_told_apart_are_both_said():
    """Where two known mistakes give the same arrays, either may have been made: no guess."""
    exercise = catalog.find(LINEAR)
    first, second, *_ = exercise.mistakes
    text = text_of("values", mistake=first, alike=(second,), **WORST)
    assert exercise.mistakes[first] in text
    assert f"Or it is this, which gives the same: {exercise.mistakes[second]}" in text
