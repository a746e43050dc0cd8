"""`bpkit.check` in a real kernel: what it shows and returns, and that nothing in the kernel changes it."""

import subprocess
import sys
from typing import NamedTuple

import pytest

pytest.importorskip("nbconvert")
pytest.importorskip("ipykernel")

import nbformat
from nbformat import v4

from bpkit.course import catalog

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the kernel is shared by pytest-xdist's processes with fcntl"
)

SGD, LINEAR = catalog.find("optimizers/sgd"), catalog.find("layers/linear")
CHECK = 'bpkit.check("optimizers/sgd", "sgd_step")'
RIGHT = "def sgd_step(w, dw, lr):\n    return w - lr * dw"
WRONG = RIGHT.replace("-", "+")
STUB = RIGHT.replace("return w - lr * dw", "raise NotImplementedError()")
FORWARD = "def linear_forward(x, W, b):\n    return x @ W + b, (x, W)"
BACKWARD = """\
def linear_backward(dy, cache):
    x, W = cache
    return dy @ W.T, x.T @ dy, dy.mean(axis=0)"""


class Shows(NamedTuple):
    """What is expected of the last of some cells: the points, "" where there are none, and what else it says."""

    cells: tuple[str, ...]
    points: str
    says: str = ""


# One after another in one kernel, as a student works.
SESSION = {
    "nothing_is_written": Shows((CHECK,), "0", "not started"),
    "a_stub": Shows((STUB, CHECK), "0", "not started"),
    "right": Shows((RIGHT, CHECK), "3", "passed"),
    "a_known_mistake": Shows((WRONG, CHECK), "0", SGD.mistakes["uphill"]),
    "written_again": Shows((WRONG, RIGHT, CHECK), "3"),
    "a_helper_in_another_cell": Shows(
        ("def sgd_step(w, dw, lr):\n    return minus(w, lr * dw)", "def minus(a, b):\n    return a - b", CHECK),
        "3",
    ),
    "a_helper_that_failed_first": Shows(
        ("minus = np.no_such_function", "minus = np.subtract", "1 / 0", "this is no Python", CHECK), "3"
    ),
    "a_constant_changed": Shows(("SIGN = 1", RIGHT.replace("lr", "SIGN * lr"), "SIGN = -1", CHECK), "0"),
    "with_magic": Shows(("%%time\n" + RIGHT, "!true", "%matplotlib --list", CHECK), "3"),
    "in_the_cell_of_the_check": Shows((f"{RIGHT}\n\n{CHECK}",), "3"),
    "one_function_of_two": Shows(
        (FORWARD, BACKWARD, 'bpkit.check("layers/linear", "linear_forward")'), "2", "passed"
    ),
    "the_other_function": Shows(
        ('bpkit.check("layers/linear", "linear_backward")',), "0", LINEAR.mistakes["bias-averaged"]
    ),
    "both_functions": Shows(('bpkit.check("layers/linear")',), "2", "2 of 6 points"),
    "no_such_exercise": Shows(('bpkit.check("layers/linaer")',), "", "bpkit: "),
    "no_such_function": Shows(
        ('bpkit.check("layers/linear", "forwards")',), "",
        "layers/linear has no 'forwards', but linear_forward and linear_backward.",
    ),
    "a_file_called_numpy": Shows(
        ("open('numpy.py', 'w').write('raise SystemExit')", "open('bpkit.py', 'w').write('1 / 0')", RIGHT, CHECK),
        "3",
    ),
    "a_checker_that_breaks_down": Shows(
        ("import sys\npython = sys.executable\nsys.executable = '/bin/false'", CHECK), "", "no verdict"
    ),
    "a_checker_that_says_something_else": Shows(("sys.executable = '/bin/echo'", CHECK), "", "no verdict"),
    "no_checker": Shows(
        ("sys.executable = '/nowhere/python'", CHECK), "", "bpkit: The checker cannot be started: No such file"
    ),
    "after_that": Shows(("sys.executable = python", CHECK), "3"),
    "a_patched_numpy": Shows(("np.subtract = np.asarray = np.array = np.ndarray = print", WRONG, CHECK), "0"),
}  # fmt: skip


@pytest.fixture(scope="module")
def session(once):
    """Return the outputs of each check, by its name: all run in one kernel."""

    def fill(folder):
        sources = ["import numpy as np\n\nimport bpkit"]
        sources += [source for shows in SESSION.values() for source in shows.cells]
        notebook = v4.new_notebook(cells=[v4.new_code_cell(source) for source in sources])
        nbformat.write(notebook, folder / "notebook.ipynb")
        words = ["nbconvert", "--to", "notebook", "--execute", "--allow-errors", "--output", "ran.ipynb"]
        subprocess.run(
            [sys.executable, "-m", *words, "notebook.ipynb"],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=300,
        )

    notebook = nbformat.read(once("live", fill) / "ran.ipynb", as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if "bpkit.check(" in cell.source]
    return {name: cell.outputs for name, cell in zip(SESSION, cells, strict=True)}


@pytest.mark.parametrize("name", SESSION)
def test_a_check_says_what_is_so_and_returns_the_points(session, name):
    """Nothing in it was written to stdout or stderr: in plain nbgrader, that would cost the points."""
    outputs, shows = session[name], SESSION[name]
    kinds = [output.output_type for output in outputs]
    if shows.points:
        assert kinds == ["display_data", "execute_result"]
        assert outputs[1].data["text/plain"] == shows.points
        assert " ".join(shows.says.split()) in " ".join(outputs[0].data["text/plain"].split())
    else:
        assert kinds == ["error"]
        [line] = outputs[0].traceback
        assert shows.says in line


def test_it_is_shown_as_a_page_where_there_is_one(session):
    """With the mistake's sentence, and nothing active."""
    page = session["a_known_mistake"][0].data["text/html"]
    assert SGD.mistakes["uphill"].split(".")[0] in page
    assert "<script" not in page


def test_outside_of_a_notebook_it_says_where_it_works():
    """And what to take there."""
    ran = subprocess.run(
        [sys.executable, "-c", "import bpkit; bpkit.check('layers/linear')"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert ran.returncode == 1
    last = ran.stderr.strip().split("\n")[-1]
    assert last.endswith("bpkit.check works in a notebook. For files there is the command `bpkit check`.")


def test_importing_bpkit_imports_nothing_for_notebooks():
    """Nor NumPy: a student's script that imports bpkit starts at once."""
    code = "import sys, bpkit; print([name for name in ('numpy', 'IPython', 'subprocess') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout == "[]\n"
