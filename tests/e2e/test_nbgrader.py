"""A class with nbgrader's own commands, from an empty folder to the feedback; and what must not reach students."""

import csv
import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

import nbformat

from bpkit.authoring.cut import BEGIN, END
from bpkit.authoring.mutants import MISTAKE, mutants
from bpkit.course import catalog, lessons
from bpkit.notebooks import assignment

SOLUTIONS = Path(__file__).parents[2] / "solutions"
CHOSEN = [catalog.find(f"layers/{name}") for name in ("linear", "softmax", "log_softmax")]
FULL = {part.function: part.points for one in CHOSEN for part in one.parts}
LINEAR = {"linear_forward": 0, "linear_backward": 0}
LINEAR_SENTENCE = catalog.find("layers/linear").mistakes["bias-averaged"]
SECONDS = 300


def run(*words, cwd):
    """Run a command to its end; return what it logged."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader runs alembic
    ran = subprocess.run(
        [sys.executable, "-m", *map(str, words)],
        cwd=cwd, env={**os.environ, "PATH": path}, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        check=False, timeout=SECONDS,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


def solved():
    """Return the text of every function's cell, as a good student writes it."""
    cells = {}
    for exercise in CHOSEN:
        source = (SOLUTIONS / f"{exercise.id}.py").read_text()
        cells |= in_cells(exercise, source)
    return cells


def in_cells(exercise, source):
    """Return the text of each function's cell."""
    kept = [
        line for line in source.split("\n") if not MISTAKE.match(line) and line.strip() not in (BEGIN, END)
    ]
    _, pieces = assignment._pieces("\n".join(kept), exercise.parts)
    return {part.function: piece for part, piece in zip(exercise.parts, pieces, strict=True)}


def mistaken(exercise_id, mistake):
    """Return the cells of somebody who makes a known mistake."""
    source = (SOLUTIONS / f"{exercise_id}.py").read_text()
    return in_cells(catalog.find(exercise_id), mutants(source, exercise_id)[mistake])


def changed(function, old, new):
    """Return the cell of a function with something changed."""
    text = solved()[function]
    assert old in text
    return {function: text.replace(old, new)}


TAMPERING = """\
import bpkit
bpkit.check = lambda *_: 100
get_ipython().input_transformers_cleanup.append(lambda lines: ["4\\n"])"""

# What each has in the cells besides right solutions, and the points that this costs.
STUDENTS = {
    "right": ({}, {}),
    "wrong": (changed("linear_backward", "dy @ W.T", "dy @ W.T + 0.5"), {"linear_backward": 0}),
    "mistake_bias": (mistaken("layers/linear", "bias-averaged"), {"linear_backward": 0}),
    "mistake_softmax": (mistaken("layers/softmax", "overflow"), {"softmax_forward": 0}),
    "mistake_log": (mistaken("layers/log_softmax", "dy-ignored"), {"log_softmax_backward": 0}),
    "syntax_error": ({"linear_forward": "def linear_forward(x, W, b)\n    return x @ W + b, x"}, LINEAR),
    # A backward is called with what its own forward keeps, and this forward keeps nothing.
    "loop": (
        changed("softmax_forward", "    return", "    while True: pass\n    return"),
        {"softmax_forward": 0, "softmax_backward": 0},
    ),
    "exit": (changed("linear_backward", "    return", "    import os; os._exit(0)\n    return"), {"linear_backward": 0}),
    "tampering": (
        {"linear_forward": f"{TAMPERING}\n\ndef linear_forward(x, W, b):\n    raise NotImplementedError()"},
        LINEAR,
    ),
    "empty": (None, dict.fromkeys(FULL, 0)),
}  # fmt: skip


def text_of(page):
    """Return a page's text, its white space made one."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")
def test_a_class_from_the_first_command_to_the_feedback(tmp_path):
    """Ten students, and for each exactly the points that they have earned."""
    course = tmp_path / "course"
    words = [word for one in CHOSEN for word in ("--exercises", one.id)]
    run("bpkit", "nbgrader", "init", course, *words, cwd=tmp_path)
    run("nbgrader", "generate_assignment", "layers", cwd=course)
    for student, (cells, _) in STUDENTS.items():
        path = course / f"submitted/{student}/layers/layers.ipynb"
        path.parent.mkdir(parents=True)
        shutil.copy(course / "release/layers/layers.ipynb", path)
        if cells is None:
            continue
        notebook = nbformat.read(path, as_version=4)
        for function, text in (solved() | cells).items():
            [cell] = [
                cell
                for cell in notebook.cells
                if cell.metadata.nbgrader.solution and cell.source.startswith(f"def {function}(")
            ]
            cell.source = text
        nbformat.write(notebook, path)
    log = run("nbgrader", "autograde", "layers", cwd=course)
    assert "ERROR" not in log
    run("nbgrader", "generate_feedback", "layers", cwd=course)
    run("nbgrader", "export", "--to", "grades.csv", cwd=course)

    with (course / "grades.csv").open(newline="") as file:
        scores = {
            row["student_id"]: float(row["score"])
            for row in csv.DictReader(file)
            if row["assignment"] == "layers"
        }
    assert scores == {student: sum((FULL | lost).values()) for student, (_, lost) in STUDENTS.items()}
    for student, (_, lost) in STUDENTS.items():
        notebook = nbformat.read(course / f"autograded/{student}/layers/layers.ipynb", as_version=4)
        given = {
            cell.source.split('"')[3]: float(cell.outputs[-1].data["text/plain"])
            for cell in notebook.cells
            if cell.source.startswith("bpkit.check(")
        }
        assert given == FULL | lost, student

    pages = {student: (course / f"feedback/{student}/layers/layers.html").read_text() for student in STUDENTS}
    assert " ".join(LINEAR_SENTENCE.split()).replace("`", "") in text_of(pages["mistake_bias"])
    assert "<table" in pages["wrong"], "the heat map of the first wrong array"
    assert "dx" in text_of(pages["wrong"])
    for student, said in (("loop", "took too long"), ("exit", "exit code 0"), ("empty", "not started")):
        assert said in text_of(pages[student])


GENERATE = """\
import sys
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config
config = Config()
config.CourseDirectory.root = sys.argv[1]
api = NbGraderAPI(config=config)
for name in sys.argv[2:]:
    made = api.generate_assignment(name, force=True)
    assert made["success"], made
"""


def test_no_solution_and_no_mistake_reaches_students(tmp_path):
    """Of no chapter: no line of a solution, of a mistake or of an answer is in what nbgrader releases."""
    run("bpkit", "nbgrader", "init", "course", cwd=tmp_path)
    script = tmp_path / "generate.py"
    script.write_text(GENERATE)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [sys.executable, script, tmp_path / "course", *catalog.chapters()],
        cwd=tmp_path / "course", env={**os.environ, "PATH": path}, capture_output=True, check=True, timeout=SECONDS,
    )  # fmt: skip
    for chapter in catalog.chapters():
        released = tmp_path / f"course/release/{chapter}/{chapter}.ipynb"
        pictures = lessons.beside(SOLUTIONS.parent / "exercises" / chapter)
        assert {path.name for path in released.parent.iterdir()} == {released.name, *pictures}
        raw = released.read_text()
        notebook = nbformat.reads(raw, as_version=4)
        lines = {line.strip() for cell in notebook.cells for line in cell.source.split("\n")}
        secrets = set((SOLUTIONS / chapter / "ANSWER.md").read_text().split("\n"))
        mistakes = {}
        for exercise in catalog.in_chapter(chapter):
            source = (SOLUTIONS / f"{exercise.id}.py").read_text()
            stub = (SOLUTIONS.parent / "exercises" / f"{exercise.id}.py").read_text()
            public = set(stub.split("\n"))
            for line in source.split("\n"):
                mistake = MISTAKE.match(line)
                secrets |= {mistake["code"]} if mistake else {line} - public
            mistakes |= exercise.mistakes
        # A statement may give a formula that is a line of Python as well, such as an LSTM's.
        files = [f"{exercise.id}.py" for exercise in catalog.in_chapter(chapter)]
        stubs = [(SOLUTIONS.parent / "exercises" / file).read_text() for file in files]
        secrets = {line.strip() for line in secrets} - {"", "else:"}
        secrets = {line for line in secrets if not any(line in stub for stub in stubs)}
        assert len(secrets) > 20
        assert secrets & lines == set()
        text = "\n".join(cell.source for cell in notebook.cells)
        assert [line for line in secrets if len(line) > 12 and line in text] == []
        assert [sentence for sentence in mistakes.values() if sentence in text] == []
        assert "MISTAKE" not in raw
        assert "SOLUTION" not in raw
        # The name of a mistake may be a plain word, such as "one-sided", that the lesson uses as such.
        lesson = (SOLUTIONS.parent / "exercises" / chapter / "README.md").read_text()
        names = [name for name in mistakes if "-" in name and not re.search(rf"\b{name}\b", lesson)]
        assert [name for name in names if re.search(rf"\b{name}\b", raw)] == []
