"""What a session says of a submission: the value, or why there is none, told apart."""

import textwrap

import numpy as np
import pytest

from bpkit.course.spec import Seed
from bpkit.judging.runner import Failure, Returned, Session, Submission
from bpkit.judging.verdict import Status
from bpkit.worker.wire import Opaque, Slot

PATH = "layers/linear.py"

# Student's code that answers in the worker's place, with a nonce that it has looked up.
FORGE = """
import os, struct, sys
def forge(kind, value):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    wire = sys.modules["bpkit_worker.wire"]
    os.write(3, wire.frame(kind, frame.f_locals["nonce"], wire.encode(value)))
    while True: pass
"""


@pytest.fixture
def session(zygote):
    """Return a function that opens a session on layers/linear; all are closed after the test."""
    opened = []

    def start(source=None, others=None, seconds=10.0):
        files = {} if source is None else {PATH: textwrap.dedent(source)}
        opened.append(Session(zygote, Submission({**files, **(others or {})}), "layers/linear", seconds))
        return opened[-1]

    yield start
    for one in opened:
        one._end()


def outcome(answer):
    """Return a failure's status and check."""
    assert isinstance(answer, Failure), answer
    return answer.status, answer.check


def test_a_call_returns_value_arguments_and_warnings(session):
    """A call that goes well gives the value, the arguments as they were afterwards, and NumPy's warnings."""
    source = "import numpy as np\ndef f(x, n):\n    x[0] = 9.0\n    return np.log(np.zeros(n))"
    answer = session(source).call("f", (np.zeros(2), 3), echo=True)
    assert isinstance(answer, Returned)
    assert np.isneginf(answer.value).tolist() == [True] * 3
    assert answer.arguments[0].tolist() == [9.0, 0.0]
    assert answer.warnings == ("RuntimeWarning: divide by zero encountered in log",)


def test_without_echo_no_arguments_come_back(session):
    """Arguments are sent back only when asked for."""
    assert session("def f(x): return x").call("f", (1.0,)) == Returned(1.0)


def test_a_seed_becomes_a_generator_made_afresh(session):
    """A `Seed` arrives as a generator, the same for every call, also within a list."""
    started = session("def f(rng, more): return rng.random() + more[0].random()")
    expected = np.random.default_rng(5).random() + np.random.default_rng(6).random()
    assert started.call("f", (Seed(5), [Seed(6)])).value == expected
    assert started.call("f", (Seed(5), [Seed(6)])).value == expected


def test_a_cache_is_kept_in_its_slot(session):
    """The second half of what a forward returns stays in the worker."""
    started = session("def f(x): return x + 1, {'x': x}\ndef b(dy, cache): return dy * cache['x']")
    assert started.call("f", (3.0,), keep=Slot(1)).value == 4.0
    assert started.call("b", (2.0, Slot(1))).value == 6.0


@pytest.mark.parametrize(
    ("files", "check"),
    [({}, "file_missing"), ({"layers/other.py": "x = 1"}, "file_missing"), ({PATH: None}, "encoding")],
)
def test_a_file_that_cannot_be_read(session, files, check):
    """A missing file and one that is not UTF-8 are named, whether loaded or called."""
    started = session(others=files)
    status = Status.NOT_STARTED if check == "file_missing" else Status.CRASHED
    assert outcome(started.load()) == (status, check)
    assert started.load().facts == {"path": PATH}
    assert outcome(started.call("f", ())) == (status, check)


@pytest.mark.parametrize(
    ("source", "line", "text"),
    [
        ("x = 1\ndef f(:\n    pass\n", 2, "def f(:"),
        ("def f():\n  return 1\n return 2\n", 3, "return 2"),
        ("def f():\n\treturn 1\n        return 2\n", 3, "return 2"),
        ("a = '''\f\u2028\x1c'''\nb = )\n", 2, "b = )"),
        ("break\n", 1, "break"),
    ],
    ids=["bracket", "indentation", "tabs", "odd line ends", "outside a loop"],
)
def test_a_syntax_error_is_told_with_file_and_line(session, source, line, text):
    """A file that is no Python is told with its path, the line, and what stands there."""
    failure = session(source).load()
    assert outcome(failure) == (Status.CRASHED, "syntax")
    facts = failure.facts
    assert (facts["path"], facts["line"], facts["text"]) == (PATH, line, text)
    assert facts["message"]


def test_a_syntax_error_in_an_imported_file_names_that_file(session):
    """The file with the syntax error is named, not the one that imports it."""
    facts = session("from layers import other", {"layers/other.py": "x = = 1"}).load().facts
    assert (facts["path"], facts["line"], facts["text"]) == ("layers/other.py", 1, "x = = 1")


def test_a_null_byte_is_a_syntax_error(session):
    """A file with a null byte is no Python, on every version of it."""
    assert outcome(session("x = 1\0").load())[0] == Status.CRASHED


@pytest.mark.parametrize("name", ["linear_forward", "np", "NUMBER"])
def test_a_missing_function_is_told_with_those_that_are_there(session, name):
    """A misspelt name comes with the names of the file's functions; a number is no function."""
    source = "import numpy as np\nNUMBER = 5\nfrom math import sqrt\ndef linear_fwd(): 0\nhelp_me = lambda: 0"
    failure = session(source).call(name, ())
    assert outcome(failure) == (Status.CRASHED, "name")
    assert failure.facts == {"function": name, "names": ["linear_fwd", "help_me"]}


@pytest.mark.parametrize("head", ["f(x)", "f(x, W, b, c)", "f(x, *, W, b)", "f()"])
def test_a_wrong_signature_is_told_without_calling(session, head):
    """A function that cannot take the arguments is told with its signature, and is not run."""
    started = session(f"def {head}:\n    print('called')")
    failure = started.call("f", (1.0, 2.0, 3.0))
    assert outcome(failure) == (Status.CRASHED, "signature")
    assert failure.facts["signature"] == head[1:]
    assert failure.facts["error"]
    assert started.take_printed() == ""


@pytest.mark.parametrize("head", ["f(x, W, b, c=1)", "f(*arguments)", "f(x, W=0, b=0, **more)"])
def test_a_signature_that_takes_the_arguments_will_do(session, head):
    """More parameters do no harm where they have defaults."""
    assert session(f"def {head}: return 1").call("f", (1.0, 2.0, 3.0)) == Returned(1)


def test_a_type_error_inside_the_function_is_an_exception(session):
    """A `TypeError` that the function's own code raises is not taken for a wrong signature."""
    assert outcome(session("def f(x): return len(x, x)").call("f", (1.0,))) == (Status.CRASHED, "exception")


@pytest.mark.parametrize(
    ("returned", "got"),
    [
        ("None", "None"), ("x", "one array of shape (2, 3)"), ("(x,)", "a tuple of 1"),
        ("[x, x, x]", "a list of 3"),
        ("(y for y in x)", "an object of type generator"), ("{'y': x, 'cache': x}", "an object of type dict"),
    ],
)  # fmt: skip
def test_a_forward_that_returns_no_pair(session, returned, got):
    """A forward returns output and cache; what came instead is told in words."""
    failure = session(f"def f(x): return {returned}").call("f", (np.zeros((2, 3)),), keep=Slot(1))
    assert outcome(failure) == (Status.BAD_RETURN, "pair")
    assert failure.facts == {"function": "f", "got": got}


def test_an_exception_shows_frames_of_the_students_files_only(session):
    """The traceback holds the student's own lines, in every file, and none of NumPy's or the grader's."""
    source = """
        import numpy as np
        from layers.tools import apply

        def f(x):
            return apply(lambda y: np.linalg.inv(y), x)
    """
    tools = "def apply(function, x):\n    # \u2028\n    return function(  x )"
    failure = session(source, {"layers/tools.py": tools}).call("f", (np.zeros((3, 3)),))
    assert outcome(failure) == (Status.CRASHED, "exception")
    assert (failure.facts["type"], failure.facts["message"]) == ("LinAlgError", "Singular matrix")
    text = "return apply(lambda y: np.linalg.inv(y), x)"
    assert failure.facts["frames"] == [
        {"path": PATH, "line": 6, "function": "f", "text": text},
        {"path": "layers/tools.py", "line": 3, "function": "apply", "text": "return function(  x )"},
        {"path": PATH, "line": 6, "function": "<lambda>", "text": text},
    ]


def test_an_exception_while_importing_is_told_with_its_line(session):
    """What goes wrong outside every function is told with its line as well."""
    failure = session("x = 1\ny = x / 0\n").load()
    assert outcome(failure) == (Status.CRASHED, "exception")
    assert [(frame["path"], frame["line"]) for frame in failure.facts["frames"]] == [(PATH, 2)]


@pytest.mark.parametrize(
    ("body", "status", "check"),
    [
        ("raise MemoryError", Status.OUT_OF_MEMORY, "memory"),
        ("bytearray(10 << 30)", Status.OUT_OF_MEMORY, "memory"),
        ("import sys; sys.exit(0)", Status.CRASHED, "sys_exit"),
        ("import torch", Status.CRASHED, "import"), ("from math import no_such", Status.CRASHED, "import"),
        ("f()", Status.CRASHED, "exception"), ("raise KeyboardInterrupt", Status.CRASHED, "exception"),
        ("while True: pass", Status.TIMED_OUT, "deadline"),
        ("import os; os._exit(7)", Status.CRASHED, "exit"),
        ("import os; os.kill(os.getpid(), 11)", Status.CRASHED, "signal"),
        ("import os; os.kill(os.getpid(), 9)", Status.OUT_OF_MEMORY, "killed"),
        ("import os, time; os.close(3); time.sleep(600)", Status.CRASHED, "garbled"),
    ],
)  # fmt: skip
def test_every_end_has_a_name(session, body, status, check):
    """Exceptions, exits, signals, the deadline and the lack of memory are told apart."""
    assert outcome(session(f"def f():\n    {body}", seconds=1.5).call("f", ())) == (status, check)


def test_ends_come_with_their_facts(session):
    """The deadline's seconds, the exit's code and the signal's name are told."""
    source = """
        import os
        def loop():
            while True: pass
        def leave(): os._exit(7)
        def fault(): os.kill(os.getpid(), 11)
    """
    started = session(source, seconds=0.5)
    facts = {name: dict(started.call(name, ()).facts) for name in ("loop", "leave", "fault")}
    assert facts == {"loop": {"seconds": 0.5}, "leave": {"code": 7}, "fault": {"signal": "SIGSEGV"}}


def test_an_import_that_kills_the_worker_is_told(session):
    """A file that ends the worker while it is imported is told like a call that does."""
    assert outcome(session("import os\nos._exit(2)").load()) == (Status.CRASHED, "exit")
    assert outcome(session("while True: pass", seconds=0.5).load()) == (Status.TIMED_OUT, "deadline")


def test_a_deadly_function_is_not_called_again_but_others_are(session):
    """After a death another function gets a new worker; the deadly one is not run a second time."""
    source = "import os\nprint('import')\ndef deadly(): os._exit(7)\ndef fine(): return 5"
    started = session(source)
    first = started.call("deadly", ())
    assert started.call("deadly", ()) is first
    assert started.take_printed() == "import\n"
    assert started.call("fine", ()) == Returned(5)
    assert started.take_printed() == "import\n"


def test_prints_of_a_worker_that_died_are_kept(session):
    """What was printed before the deadline is there for the student to see."""
    started = session("def f():\n    print('here')\n    while True: pass", seconds=0.5)
    started.call("f", ())
    assert started.take_printed() == "here\n"
    assert started.take_printed() == ""


def test_a_stub_is_not_started(session):
    """`NotImplementedError` in the exercise's own file means that nobody has begun."""
    stub = 'def f():\n    """Text."""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    failure = session(stub).call("f", ())
    assert outcome(failure) == (Status.NOT_STARTED, "not_started")
    assert failure.facts == {}


def test_a_function_that_was_begun_is_told_where_it_stops(session):
    """Where code was written above it, the line of the `NotImplementedError` is told."""
    source = "def f(x):\n    y = x + 1\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    failure = session(source).call("f", (1.0,))
    assert outcome(failure) == (Status.NOT_STARTED, "not_started")
    assert failure.facts == {"line": 4}


def test_a_stub_in_another_exercise_blocks(session):
    """`NotImplementedError` from another exercise's file means: do that one first."""
    source = "from neuron.relu import relu_forward\ndef f(x): return relu_forward(x)"
    stub = "def relu_forward(z):\n    raise NotImplementedError()"
    failure = session(source, {"neuron/relu.py": stub}).call("f", (1.0,))
    assert outcome(failure) == (Status.BLOCKED, "blocked_by")
    assert failure.facts == {"exercise": "neuron/relu"}


def test_a_stub_below_the_students_file_is_their_own(session):
    """`NotImplementedError` that a library raises, called from the exercise's file, is the student's."""
    source = "import selectors\ndef f(): selectors.BaseSelector.register(None, 1, 2)"
    assert outcome(session(source).call("f", ())) == (Status.NOT_STARTED, "not_started")


def test_neighbours_are_found_by_their_bare_names(session):
    """A file finds others of its chapter as it does when it is run by itself."""
    started = session("from tools import ONE\ndef f(): return ONE", {"layers/tools.py": "ONE = 1"})
    assert started.call("f", ()) == Returned(1)


def test_a_chapter_goes_before_an_exercise_of_its_name(zygote):
    """`neuron` is the chapter, also for the exercise of that name in it."""
    files = {"neuron/neuron.py": "from neuron.relu import relu\ndef f(): return relu()",
             "neuron/relu.py": "def relu(): return 1"}  # fmt: skip
    with Session(zygote, Submission(files), "neuron/neuron", 10.0) as started:
        assert started.call("f", ()) == Returned(1)


def test_leaving_a_session_ends_its_worker(zygote, gone):
    """No worker outlives its session."""
    with Session(zygote, Submission({PATH: "def f(): return 1"}), "layers/linear", 10.0) as started:
        assert started.call("f", ()) == Returned(1)
        pid = started._worker.pid
    assert gone(pid)


RAISED = {"type": "E", "kinds": [], "message": "m", "frames": [], "syntax": None}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (3, "None"), (4, "None"), (4, "[1]"), (4, "{}"), (4, "{'value': 1}"),
        (4, "{'value': 1, 'arguments': None, 'warnings': [], 'more': 1}"),
        (5, "None"), (5, "{}"), (6, "{}"), (6, "{'reason': 1}"), (6, "{'reason': 'pair', 'value': 1}"),
        (6, "{'reason': 'missing', 'names': 5}"),
        (6, "{'reason': 'signature'}"),
        *((5, repr({**RAISED, **change})) for change in (
            {"kinds": 5}, {"frames": 5}, {"frames": [(1,)]}, {"frames": [("p", "x", "n")]},
            {"frames": [("p", None, "n")]}, {"kinds": ["SyntaxError"], "syntax": 5},
            {"kinds": ["SyntaxError"], "syntax": ([], 1, 1)},
            {"kinds": ["SyntaxError"], "syntax": (PATH, 1.5, 1)},
        )),
        (5, "{**" + repr(RAISED) + ", 'frames': [('p', float('inf'), 'n')]}"),
    ],
)  # fmt: skip
def test_a_forged_answer_cannot_break_the_checker(session, kind, value):
    """An answer that no honest worker sends is garbled; it never raises here."""
    source = FORGE + f"def f(): forge({kind}, {value})"
    assert outcome(session(source).call("f", ())) == (Status.CRASHED, "garbled")


@pytest.mark.parametrize(
    ("arguments", "warnings", "expected"),
    [
        ("5", "5", Returned(Opaque("o"))),
        ("[1]", "[[2], 'w']", Returned(Opaque("o"), (1,), ("a list", "w"))),
        ("'no'", "None", Returned(Opaque("o"))),
    ],
)
def test_a_forged_return_is_taken_for_what_it_is(session, arguments, warnings, expected):
    """Whatever stands in an answer's fields is brought into the form that the checker expects."""
    source = FORGE + (
        "def f(): forge(4, {'value': sys.modules['bpkit_worker.wire'].Opaque('o'),"
        f" 'arguments': {arguments}, 'warnings': {warnings}, 'near': 'often'}})"
    )
    assert session(source).call("f", ()) == expected
