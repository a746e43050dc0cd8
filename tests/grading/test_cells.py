"""Notebooks: which cells are taken, for which exercise, with what of the other cells; and never a cell that runs."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpkit.course import catalog
from bpkit.grading import cells
from bpkit.grading.members import Refused

FORWARD = "def linear_forward(x, W, b):\n    return x @ W + b, (x, W)"
BACKWARD = "def linear_backward(dy, cache):\n    return dy"


def code(source, grade_id="", *, solution=False, **metadata):
    """Return a cell of code as nbgrader writes it."""
    if grade_id or solution:
        metadata["nbgrader"] = {
            "grade_id": grade_id,
            "solution": solution,
            "grade": False,
            "schema_version": 3,
        }
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def notebook(*found):
    """Return a notebook's bytes."""
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def taken(*found):
    """Return the files that a notebook of these cells stands for."""
    return cells.exercises(notebook(*found), "layers.ipynb")


def run(text):
    """Run a file and return its names: here, and nowhere in bpkit."""
    names = {}
    exec(compile(text, "file", "exec"), names)
    return names


@pytest.mark.parametrize(
    "cell",
    [
        code(FORWARD, "layers-linear", solution=True),
        code(FORWARD, "layers/linear", solution=True),
        code(FORWARD, "cell-1234", solution=True),
        code(FORWARD.splitlines(keepends=True), "", solution=True),
        code(FORWARD, bpkit={"exercise": "layers/linear"}),
        code(FORWARD),
        code(FORWARD.replace("\n", "\r\n")),
    ],
)
def test_a_cell_finds_its_exercise(cell):
    """By the id that nbgrader knows it by, by our own metadata, or by the function that it defines."""
    assert taken(cell) == {"layers/linear": f"import numpy as np\n\n\n{FORWARD}\n"}


def test_own_metadata_comes_before_nbgraders_and_both_before_functions():
    """A cell is what it is marked as, whatever is written in it."""
    assert list(taken(code(FORWARD, "layers-softmax", solution=True))) == ["layers/softmax"]
    marked = code(FORWARD, "layers-softmax", solution=True, bpkit={"exercise": "losses/mse"})
    assert list(taken(marked)) == ["losses/mse"]
    assert list(taken(code(FORWARD, "no-such", solution=True))) == ["layers/linear"]


def test_several_cells_of_one_exercise_are_one_file():
    """Forward and backward may lie in a cell each; they are joined in the notebook's order."""
    found = taken(code(FORWARD, "a", solution=True), code("print(1)"), code(BACKWARD, "b", solution=True))
    assert found == {"layers/linear": f"import numpy as np\n\n\n{FORWARD}\n\n\n{BACKWARD}\n"}


def test_one_cell_of_several_exercises_is_in_each():
    """A student who writes everything into one cell has written it."""
    both = f"{FORWARD}\n\n\ndef mse_forward(p, t):\n    return linear_forward(p, t, 0)"
    found = taken(code(both, "mine", solution=True))
    assert list(found) == ["layers/linear", "losses/mse"]
    assert set(found.values()) == {f"import numpy as np\n\n\n{both}\n"}


def test_only_solutions_are_taken_where_some_are_marked():
    """A copy that a student tries out in another cell is not the answer."""
    found = taken(
        code(FORWARD, "x", solution=True), code(FORWARD.replace("+", "-")), code("def mse_forward(): pass")
    )
    assert found == {"layers/linear": f"import numpy as np\n\n\n{FORWARD}\n"}


def test_other_kinds_of_cells_are_no_code():
    """Text is text, and a cell with tests is not a solution."""
    text = {
        "cell_type": "markdown",
        "source": FORWARD,
        "metadata": {"nbgrader": {"solution": True, "grade_id": "a"}},
    }
    raw = {"cell_type": "raw", "source": FORWARD, "metadata": {}}
    assert taken(text, raw, code("x = 1")) == {}


HELPED = """
def linear_forward(x, W, b, scale=SCALE):
    helper = _affine(x, W)
    return helper * scale + b, None
"""


def test_helpers_of_other_cells_work():
    """What a solution uses is there: imports, helpers, their helpers, constants; from above and from below."""
    found = taken(
        code("import math as m\nimport matplotlib.pyplot as plt\nfrom functools import reduce, partial"),
        code("SCALE = float(m.sqrt(4))\nUNUSED = open('/etc/passwd').read()"),
        code("def _affine(x, W):\n    return _product(x, W)"),
        code(HELPED, "layers-linear", solution=True),
        code("plt.plot([1, 2])\nprint('hello')\nraise SystemExit"),
        code("@partial(reduce)\ndef unused(): pass\n\n\ndef _product(x, W):\n    return x * W"),
    )["layers/linear"]
    assert run(found)["linear_forward"](3, 2, 1) == (13.0, None)
    for left_out in ("plt", "passwd", "hello", "SystemExit", "unused", "reduce"):
        assert left_out not in found


def test_names_that_are_only_local_pull_nothing_in():
    """`x` in a function is not the `x` of somebody's experiment, which would run with every import."""
    found = taken(
        code("x = W = b = 1 / 0\nresult = [x for x in range(3)]"), code(FORWARD, "a", solution=True)
    )
    assert found == {"layers/linear": f"import numpy as np\n\n\n{FORWARD}\n"}


def test_what_a_solution_defines_itself_is_not_taken_from_elsewhere():
    """A helper in the cell itself wins over one of the same name in another."""
    own = f"def _h(x):\n    return 1\n\n\n{FORWARD.replace('x @ W', '_h(x)')}"
    found = taken(
        code("def _h(x):\n    return 2"), code(own, "a", solution=True), code("def _h(x):\n    return 3")
    )
    assert run(found["layers/linear"])["linear_forward"](0, 0, 0)[0] == 1


def test_a_helper_that_is_defined_twice_is_the_last():
    """As in a notebook that was run from top to bottom."""
    used = FORWARD.replace("x @ W", "_h(x)")
    helpers = (code(f"def _h(x):\n    return {number}") for number in (1, 2))
    found = taken(next(helpers), code(used, "a", solution=True), next(helpers))
    assert run(found["layers/linear"])["linear_forward"](0, 0, 0)[0] == 2


def test_another_exercises_function_is_a_helper_too():
    """A network may call the layers that were written before it."""
    network = "def mlp_forward(x, params):\n    return linear_forward(x, *params)"
    found = taken(code(FORWARD, "layers-linear", solution=True), code(network, "backprop-mlp", solution=True))
    assert FORWARD.splitlines()[0] in found["backprop/mlp"]
    assert "mlp_forward" not in found["layers/linear"]


def test_helpers_in_classes_conditions_and_stars():
    """A class, a definition under a condition, an import in a try, and a star are found as well."""
    found = taken(
        code("from math import *"),
        code("try:\n    import no_such_module as fast\nexcept ImportError:\n    import math as fast"),
        code("class Box:\n    size = len(str(fast))\n    def get(self):\n        return fast.floor(2.5)"),
        code(FORWARD.replace("x @ W", "Box().get() + floor(1.5)"), "a", solution=True),
    )
    assert run(found["layers/linear"])["linear_forward"](0, 0, 0)[0] == 3


def test_an_import_from_the_future_comes_first():
    """Python wants it there, wherever the cell is."""
    found = taken(
        code("import math"), code(f"from __future__ import annotations\n{FORWARD}", "a", solution=True)
    )
    assert found["layers/linear"].startswith("from __future__ import annotations\nimport numpy as np\n")
    run(found["layers/linear"])


@pytest.mark.parametrize(
    ("source", "left"),
    [
        (f"%matplotlib inline\n{FORWARD}", FORWARD),
        (f"!pip install numpy\n%load_ext autoreload\n{FORWARD}", FORWARD),
        (f"%%time\n{FORWARD}", FORWARD),
        (f"%%capture out\n{FORWARD}", FORWARD),
        (f"files = !ls\nt = %timeit -o f()\n{FORWARD}\nlinear_forward?\n?np.dot", FORWARD),
        (f"{FORWARD}\nif True:\n    %time x\n    !ls", f"{FORWARD}\nif True:\n    pass\n    pass"),
        (f"{FORWARD}\ny = (7\n% 4)", f"{FORWARD}\ny = (7\n% 4)"),
        (f'{FORWARD}\ns = """\n%matplotlib\n!ls"""', f'{FORWARD}\ns = """\n%matplotlib\n!ls"""'),
    ],
)
def test_ipythons_own_commands_are_dropped(source, left):
    """A magic is no Python; what only looks like one stays."""
    text = taken(code(source, "layers-linear", solution=True))["layers/linear"]
    assert "\n".join(line for line in text.split("\n") if line) == "\n".join(
        line for line in f"import numpy as np\n{left}".split("\n") if line
    )


@pytest.mark.parametrize("magic", ["bash", "html", "writefile linear.py", "javascript", "script python"])
def test_cells_in_other_languages_are_dropped(magic):
    """A cell for a shell or a browser has no Python to grade, even if it looks like it."""
    assert taken(code(f"%%{magic}\n{FORWARD}")) == {}


def test_a_cell_that_is_no_python_is_handed_on_as_it_is():
    """The verdict tells the student about it, at its line."""
    broken = "def linear_forward(x, W, b:\n    return x"
    assert taken(code("import math"), code(broken, "layers-linear", solution=True)) == {
        "layers/linear": f"import numpy as np\n\n\n{broken}\n"
    }
    assert taken(code("def f(:"), code(FORWARD, "a", solution=True)).keys() == {"layers/linear"}


@pytest.mark.parametrize(
    ("contents", "problem"),
    [
        (b"", "its JSON cannot be read."),
        (b"{", "its JSON cannot be read."),
        (b"\xff", "its JSON cannot be read."),
        (b"[" * 100_000, "its JSON cannot be read."),
        (b"1" * 5000, "its JSON cannot be read."),
        (b"[]", "it has no list of cells."),
        (b"{}", "it has no list of cells."),
        (b'{"cells": {}}', "it has no list of cells."),
        (b'{"worksheets": [{"cells": []}], "nbformat": 3}', "it has no list of cells."),
    ],
)
def test_what_is_no_notebook_is_refused(contents, problem):
    """Damaged, nested without end, or of a format that is long gone."""
    with pytest.raises(Refused) as caught:
        cells.exercises(contents, "a.ipynb")
    assert str(caught.value).startswith("a.ipynb is no notebook")
    assert str(caught.value).endswith(problem)


def test_too_much_code_is_refused():
    """No notebook of exercises is that long."""
    with pytest.raises(Refused, match=r"a.ipynb holds more than 128 KiB of code\."):
        cells.exercises(notebook(code("x = 1\n" * 50_000)), "a.ipynb")


def test_odd_cells_are_passed_over():
    """What should be a text or a table and is neither is as good as absent."""
    odd = [None, 1, "x", [], {}, {"cell_type": "code"}, {"cell_type": "code", "source": 1, "metadata": 1}]
    odd += [{"cell_type": "code", "source": [1, "x"], "metadata": {"nbgrader": [], "bpkit": 1}}]
    odd += [code("x", bpkit={"exercise": 1}), code("x", 5, solution="yes"), code("\ud800 \0")]
    assert taken(*odd, code(FORWARD, "layers-linear", solution=True)).keys() == {"layers/linear"}


def test_halves_of_characters_do_not_get_into_files():
    """JSON can spell what no file can hold."""
    text = taken(code(f"{FORWARD}  # \ud800", "layers-linear", solution=True))["layers/linear"]
    assert text.encode()


HOSTILE = {
    "deep": "x = " + "-" * 90_000 + "1",
    "brackets": "x = " + "(" * 5_000,
    "attributes": "x = a" + ".a" * 50_000,
    "many": "a=1\n" * 30_000,
    "chain": "\n".join(f"def f{n}(): return f{n + 1}()" for n in range(3_000)),
    "spaces": " " * 120_000 + "x",
    "words": "a b " * 30_000,
    "elif": "if 1: pass\n" + "elif 1: pass\n" * 9_000,
    "escapes": "x = '\\d'\n" * 10_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_code_neither_crashes_nor_holds_us_up(kind):
    """Code that brings a parser to its knees: in a helper's place and in a solution's."""
    started = time.monotonic()
    used = FORWARD.replace("x @ W", "f0()")
    assert taken(code(HOSTILE[kind]), code(used, "layers-linear", solution=True)).keys() == {"layers/linear"}
    assert taken(code(HOSTILE[kind], "layers-linear", solution=True)).keys() == {"layers/linear"}
    assert time.monotonic() - started < 60


PIECES = 'x = 1|%time x|!ls|def f(): return g|def g():|    return f()|import math|y?|if x:|%%bash|"""|('
LINES = st.sampled_from([*PIECES.split("|"), FORWARD])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(LINES, max_size=6), st.booleans()), max_size=6))
def test_any_cells_make_files_or_none(found):
    """Whatever the cells are, each file has what its solution cells have."""
    texts = taken(*(code("\n".join(lines), "a", solution=solution) for lines, solution in found))
    assert texts.keys() <= {"layers/linear"}
    assert all(text.encode() and "def linear_forward" in text for text in texts.values())


def test_every_exercise_is_found_by_its_functions(solutions):
    """Every solution of the course, as a cell without a word about what it is."""
    for exercise_id in catalog.ids():
        source = (solutions / f"{exercise_id}.py").read_text()
        assert list(taken(code(source))) == [exercise_id]


def test_a_function_that_no_marked_cell_has_is_taken_from_where_it_is():
    """As it is where the notebook is run."""
    found = taken(
        code("def linear_forward(x, W, b):\n    return 1", solution=True),
        code("def linear_backward(dy, cache):\n    return 2"),
        code("def linear_backward(dy, cache):\n    return 3"),
        code("def linear_forward(x, W, b):\n    return 4"),
    )
    text = found["layers/linear"]
    assert "return 1" in text
    assert "return 3" in text
    assert "return 2" not in text
    assert "return 4" not in text


def test_a_marked_cell_that_was_left_empty_gives_way_to_what_comes_after_it():
    """The last word counts, as it does where the notebook is run."""
    stub = "def relu_forward(x):\n    raise NotImplementedError()"
    answer = "def relu_forward(x):\n    return 1"
    assert taken(code(stub, solution=True), code(answer))["neuron/relu"].rstrip().endswith("return 1")
    assert taken(code(answer), code(stub, solution=True))["neuron/relu"].rstrip().endswith("Error()")


def test_what_asks_for_a_verdict_is_left_out():
    """The worker has no bpkit."""
    text = taken(
        code("import bpkit\ndef relu_forward(x):\n    return x\nbpkit.check('neuron/relu')  # 1 point")
    )
    assert "bpkit" not in text["neuron/relu"]


def test_of_cells_that_were_run_several_times_the_last_counts():
    """A helper that failed at first, and a function that was wrong at first, are not in the file."""
    text = cells.as_run(
        [
            "import numpy as np\nimport bpkit",
            "half = 1 / 0",
            "half = 1 / 2",
            "def helper(x):\n    return x * half",
            "def relu_forward(x):\n    return old(x)",
            "def old(x):\n    return x",
            "def relu_forward(x):\n    return helper(x), x",
            "bpkit.check('neuron/relu')",
            "print('an experiment')",
        ],
        ["relu_forward", "relu_backward"],
    )
    assert "1 / 0" not in text
    assert "1 / 2" in text
    assert "old" not in text
    assert "experiment" not in text
    assert run(text)["relu_forward"](3.0) == (1.5, 3.0)


def test_what_was_used_before_it_was_made_again_stays():
    """Names may hold one thing after another."""
    text = cells.as_run(
        ["a = 1", "b = a + 1", "a = 5", "a = a + 1", "def relu_forward(x):\n    return a, b"],
        ["relu_forward"],
    )
    assert run(text)["relu_forward"](0) == (6, 2)


def test_where_nothing_of_the_exercise_was_run_there_is_no_file():
    """Which is *not started*."""
    assert cells.as_run(["x = 1", "def other(): pass"], ["relu_forward"]) == ""
