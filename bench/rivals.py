"""nbgrader's autograde and `otter run` on the four functions, for `grade.py`; each where it is installed."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from classes import FOUR, ROOT, TESTS, answers, cell, notebook


def find(name: str) -> str | None:
    """Return the program: named by BPKIT_BENCH_NBGRADER or BPKIT_BENCH_OTTER, on the path, or beside this Python."""
    beside = f"{os.environ['PATH']}{os.pathsep}{Path(sys.executable).parent}"
    return os.environ.get(f"BPKIT_BENCH_{name.upper()}") or shutil.which(name, path=beside)


class Taken(NamedTuple):
    """What a submission takes: seconds, and those of processors."""

    seconds: float
    cpu: float


def nbgrader(program: str, folder: Path, count: int) -> Taken:
    """Return what a submission takes when warm: one `nbgrader autograde` of many less one of one, after a first."""
    course = folder / "course"
    source = course / "source/ps/ps.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook(_with_tests((ROOT / "solutions" / f"{name}.py").read_text() for name in FOUR)))
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.ExecutePreprocessor.timeout = 60\n"
    )
    run(program, course, "generate_assignment", "ps", "--create", "--force")
    for number, files in enumerate(answers(count, FOUR)):
        path = course / f"submitted/student{number}/ps/ps.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(notebook(_with_tests(files.values())))
    one = [run(program, course, "autograde", "ps", "--force", "--student", "student0") for _ in range(3)]
    many = run(program, course, "autograde", "ps", "--force")
    graded = len(list(course.glob("autograded/*/ps/ps.ipynb")))
    if graded != count:
        raise SystemExit(f"nbgrader graded {graded} of {count}.")
    return Taken(*((all_ - first) / (count - 1) for all_, first in zip(many, min(one), strict=True)))


def otter(program: str, folder: Path, count: int) -> Taken:
    """Return what one `otter run` takes, the median of several."""
    tests = folder / "tests"
    tests.mkdir()
    for number, (_, text) in enumerate(TESTS.items()):
        code = "\n".join(
            f"{'... ' if line.startswith(' ') else '>>> '}{line}" for line in text.strip().split("\n")
        )
        # A doctest closes a loop with an empty line of dots.
        case = {"code": code + "\n...", "hidden": False, "locked": False}
        suite = {"name": f"q{number}", "points": 1, "suites": [{"cases": [case], "type": "doctest"}]}
        (tests / f"q{number}.py").write_text(f"OK_FORMAT = True\ntest = {suite!r}\n")
    run(
        program,
        folder,
        "generate",
        "-t",
        "tests",
        "-o",
        "autograder.zip",
        "--no-environment",
        "--no-requirements",
    )
    taken = []
    for number, files in enumerate(answers(count, FOUR)):
        cells = [cell(f"answer{place}", text) for place, text in enumerate(files.values())]
        (folder / f"s{number}.ipynb").write_text(notebook(cells))
        (folder / f"out{number}").mkdir()
        words = ("run", "-a", "autograder.zip", "-o", f"out{number}", "--no-logo", f"s{number}.ipynb")
        taken.append(run(program, folder, *words))
        results = json.loads((folder / f"out{number}/results.json").read_text())
        if "Autograder Failed" in str(results):
            raise SystemExit(f"otter failed: {results}")
    return Taken(*(statistics.median(column) for column in zip(*taken, strict=True)))


def _with_tests(texts: Any) -> Sequence[dict[str, Any]]:
    cells = []
    for name, text in zip(FOUR, texts, strict=True):
        short = name.replace("/", "-")
        cells.append(cell(short, text, _graded(short, solution=True)))
        cells.append(cell(f"{short}-tests", TESTS[name], _graded(f"{short}-tests", solution=False)))
    return cells


def _graded(name: str, *, solution: bool) -> dict[str, Any]:
    about = {"grade": not solution, "grade_id": name, "locked": not solution, "schema_version": 3,
             "solution": solution, "task": False}  # fmt: skip
    return {"nbgrader": about if solution else {**about, "points": 1}}


def run(program: str, folder: Path, *words: str) -> Taken:
    """Run a command and return what it took; the end of it all where it fails."""
    # nbgrader shells out to alembic, which lies beside it.
    environment = {**os.environ, "PATH": f"{Path(program).parent}:{os.environ['PATH']}"}
    before, started = busy(), time.perf_counter()
    ran = subprocess.run(
        [program, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    if ran.returncode:
        raise SystemExit(f"{program} {' '.join(words)} failed:\n{ran.stderr[-2000:]}")
    return Taken(seconds, busy() - before)


def busy() -> float:
    """Return the seconds that the machine's processors have worked so far, for whomever.

    What a process and those that it has waited for used would leave out who was killed in a process namespace of its own,
    as bpkit's workers are: nobody waits for them.
    """
    user, nice, system, _, _, interrupts, more = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + interrupts + more) / os.sysconf("SC_CLK_TCK")
