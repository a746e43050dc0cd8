"""A course of nbgrader's with two assignments of bpkit's, and the commands that are run in it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from bpkit.cli.main import bpkit

ASSIGNMENTS = ("layers", "losses")
# nbgrader calls alembic by its name alone.
_PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def run(*arguments):
    """Run bpkit here; return exit code, output and errors."""
    ran = CliRunner().invoke(bpkit, [str(argument) for argument in arguments])
    if ran.exception and not isinstance(ran.exception, SystemExit):
        raise ran.exception
    return ran.exit_code, ran.stdout, ran.stderr


def nbgrader(course, *arguments):
    """Run one of nbgrader's commands in a course."""
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course, env={**os.environ, "PATH": _PATH},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def make(folder):
    """Make the course: layers (linear, softmax) and losses (mse), both released."""
    words = ("--exercises", "linear", "--exercises", "softmax", "--exercises", "mse")
    assert run("nbgrader", "init", folder, *words)[0] == 0
    for assignment in ASSIGNMENTS:
        nbgrader(folder, "generate_assignment", assignment)


def answered(course, assignment, *changes):
    """Return a released notebook with the solutions written in. changes: texts in them, and what stands there instead."""
    released, source = (
        json.loads((course / folder / assignment / f"{assignment}.ipynb").read_text())
        for folder in ("release", "source")
    )
    solved = {_name(cell): "".join(cell["source"]) for cell in source["cells"]}
    for cell in released["cells"]:
        if cell["cell_type"] == "code" and cell["metadata"]["nbgrader"]["solution"]:
            lines = solved[_name(cell)].splitlines()
            cell["source"] = "\n".join(line for line in lines if not line.lstrip().startswith("###"))
            for old, new in changes:
                cell["source"] = cell["source"].replace(old, new)
    return released


def submit(course, student, assignment, notebook, *, stamped=True):
    """Put a notebook where nbgrader collects it."""
    folder = course / "submitted" / student / assignment
    folder.mkdir(parents=True)
    (folder / f"{assignment}.ipynb").write_text(json.dumps(notebook))
    if stamped:
        (folder / "timestamp.txt").write_text("2027-01-02 03:04:05 UTC")


def _name(cell):
    return cell["metadata"]["nbgrader"]["grade_id"]
