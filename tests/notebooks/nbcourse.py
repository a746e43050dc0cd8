"""A course of nbgrader's with one exercise, graded by nbgrader's own commands: with bpkit's preprocessors, and without."""

import atexit
import copy
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbformat import v4
from nbgrader.api import Gradebook

from warm import Warm

FUNCTION = "optimizers-sgd-sgd_step"
CHECK = f"{FUNCTION}-check"
ANSWER = "optimizers-answer"
RIGHT = "def sgd_step(w, dw, lr):\n    return w - lr * dw\n"
POINTS = 3  # of the function, and of each cell of the instructor's own
# Cells as instructors write them, below the course's own.
OWN = {
    "own_test": "step = sgd_step(np.ones(2), np.ones(2), 0.5)\nassert np.allclose(step, 0.5)",
    "own_float64": "np.float64(1)",
    "own_nan": 'float("nan")',
}

# What became of a cell besides a score.
FAILED = "failed"  # nbgrader gave up on the submission
BY_HAND = "by hand"  # a person has to grade it

# Ours does without kernels: where one starts all the same, the submission fails.
_NO_KERNEL = """
import os
from jupyter_client.manager import AsyncKernelManager
def refuse(*_, **__):
    raise RuntimeError("a kernel was started")
if not os.environ.get("KERNELS"):
    AsyncKernelManager.start_kernel = refuse
"""
_PLAIN = """
c.Execute.timeout_func = lambda cell: 2 if "while True" in cell.source else 300
c.Execute.startup_timeout = 300
"""


@functools.cache
def _warm():
    """Return what runs nbgrader from a process that has imported it, which takes longer than most of its commands."""
    folder = tempfile.TemporaryDirectory()
    runner = Warm(Path(folder.name), "nbgrader", "nbgrader.apps")
    atexit.register(folder.cleanup)
    atexit.register(runner.close)  # before
    return runner


class Ran(NamedTuple):
    """How a command ended, and its log."""

    code: int
    log: str


class Course:
    """A course's folder. ours: whether bpkit's preprocessors grade it."""

    def __init__(self, root, *, ours=True):
        self.root, self.ours = Path(root), ours

    def run(self, *arguments, **env):
        """Run one of nbgrader's commands: without bpkit's preprocessors as anybody does, with them a quicker start."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader runs alembic
        env = {"PATH": path, **env}
        if self.ours:
            ran = _warm()(*arguments, cwd=self.root, env=env)
            return Ran(ran.code, ran.err)
        ran = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=self.root, env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True,
            encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip
        return Ran(ran.returncode, ran.stderr)

    def make(self, build):
        """Make the course; build: what makes bpkit's part of it. Assignment `other` has no exercise of bpkit's."""
        build(self.root)
        path = self.root / "source/optimizers/optimizers.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells += [_graded(name, source) for name, source in OWN.items()]
        nbformat.write(notebook, path)
        other = self.root / "source/other/other.ipynb"
        other.parent.mkdir()
        nbformat.write(v4.new_notebook(cells=[_graded("sum", "1 + 1"), _graded("lost", "1 / 0")]), other)
        for name in ("optimizers", "other"):
            made = self.run("generate_assignment", name)
            assert made.code == 0, made.log

    def copied(self, to, *, ours=True):
        """Return a copy, configured for ours or for plain nbgrader."""
        shutil.copytree(self.root, to)
        config = Path(to) / "nbgrader_config.py"
        text = config.read_text()
        assert text.count("preprocessors.use(c)\n") == 1
        config.write_text(text + _NO_KERNEL if ours else text.replace("preprocessors.use(c)\n", "") + _PLAIN)
        return Course(to, ours=ours)

    def configure(self, text):
        """Add to the configuration."""
        with (self.root / "nbgrader_config.py").open("a") as file:
            file.write(text)

    def released(self, assignment="optimizers"):
        """Return the notebook that students get."""
        return nbformat.read(self.root / f"release/{assignment}/{assignment}.ipynb", as_version=4)

    def submit(self, student, *edits, assignment="optimizers"):
        """Hand in a notebook: the released one with a right solution, and edited."""
        notebook = self.released(assignment)
        if assignment == "optimizers":
            named(notebook, FUNCTION).source = RIGHT
        for edit in edits:
            edit(notebook)
        self.submit_text(student, json.dumps(notebook), assignment)

    def submit_text(self, student, text, assignment="optimizers"):
        """Hand in a file's text as it is."""
        path = self.root / f"submitted/{student}/{assignment}/{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")

    def autograde(self, *arguments, assignment="optimizers", **env):
        """Grade what was handed in; the course keeps the log of it."""
        ran = self.run("autograde", assignment, *arguments, **env)
        (self.root / "log").write_text(f"{ran.code}\n{ran.log}")
        return ran

    @property
    def ran(self):
        """How the last grading ended."""
        code, _, log = (self.root / "log").read_text().partition("\n")
        return Ran(int(code), log)

    def graded(self, student, assignment="optimizers"):
        """Return the graded notebook."""
        path = self.root / f"autograded/{student}/{assignment}/{assignment}.ipynb"
        return nbformat.read(path, as_version=4)

    def gradebook(self):
        """Return nbgrader's own access to the gradebook."""
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def mark(self, student, cell=CHECK, assignment="optimizers"):
        """Return what became of one cell: its score, FAILED or BY_HAND."""
        if not (self.root / f"autograded/{student}/{assignment}/{assignment}.ipynb").exists():
            return FAILED
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(cell, assignment, assignment, student)
            if grade.manual_score is None and grade.auto_score is None:
                assert grade.needs_manual_grade
                return BY_HAND
            return grade.score


def named(notebook, name):
    """Return a notebook's cell of this name."""
    return next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name)


def _graded(name, source):
    about = {"cell_type": "code", "grade": True, "grade_id": name, "locked": True, "points": POINTS,
             "schema_version": 3, "solution": False, "task": False}  # fmt: skip
    return v4.new_code_cell(source, metadata={"nbgrader": about})


# Edits of a notebook, to be given to `Course.submit`.


def wrong(notebook):
    """Write a wrong solution."""
    named(notebook, FUNCTION).source = RIGHT.replace("-", "+")


def stub(notebook):
    """Leave the cell as it was released."""
    named(
        notebook, FUNCTION
    ).source = "def sgd_step(w, dw, lr):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n    return w"


def source(text, name=FUNCTION):
    """Write this in a cell."""
    return lambda notebook: named(notebook, name).update(source=text)


def before(text, name=FUNCTION):
    """Add a cell of the student's above another."""
    return lambda notebook: notebook.cells.insert(_place(notebook, name), v4.new_code_cell(text))


def after(text, name=FUNCTION):
    """Add a cell of the student's below another."""
    return lambda notebook: notebook.cells.insert(_place(notebook, name) + 1, v4.new_code_cell(text))


def deleted(name):
    """Delete a cell."""
    return lambda notebook: notebook.cells.remove(named(notebook, name))


def doubled(name, text=None):
    """Copy a cell to the notebook's end; text: what the copy says."""

    def edit(notebook):
        twin = copy.deepcopy(named(notebook, name))
        twin.source = twin.source if text is None else text
        notebook.cells.append(twin)

    return edit


def role(name, **changes):
    """Change nbgrader's metadata of a cell."""
    return lambda notebook: named(notebook, name).metadata.nbgrader.update(changes)


def retyped(name, kind):
    """Make a cell Markdown, or raw."""

    def edit(notebook):
        cell = named(notebook, name)
        make = {"markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[kind]
        notebook.cells[_place(notebook, name)] = make(cell.source, metadata=cell.metadata)

    return edit


def _place(notebook, name):
    return next(place for place, cell in enumerate(notebook.cells) if cell is named(notebook, name))
