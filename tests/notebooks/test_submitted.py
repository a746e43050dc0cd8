"""What nbgrader has collected, graded by `bpkit grade`, and its scores brought back into the gradebook."""

import csv
import json
import shutil
import sys

import pytest

pytest.importorskip("nbgrader")

from nbformat import v4
from two_chapters import answered, make, nbgrader, run, submit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

# An assignment that is none of bpkit's, though its functions have names that bpkit knows.
OTHER = "def linear_forward(x, W, b):\n    return 1\n\n\ndef relu_forward(x):\n    return 2"


def other():
    """Return a notebook of that assignment, with more code in it than a notebook of bpkit's may have."""
    role = {"grade_id": "mine", "solution": True, "grade": False, "locked": False, "schema_version": 3}
    cells = [v4.new_code_cell(text, metadata={"nbgrader": role}) for text in (OTHER, "x = 1\n" * 30_000)]
    return v4.new_notebook(cells=cells)


@pytest.fixture(scope="module")
def course(once, tmp_path_factory):
    """Return a course that has collected: all right, wrong in one thing, with code of one's own, nothing done."""
    root = tmp_path_factory.mktemp("class") / "course"
    shutil.copytree(once("two_chapters", make), root)
    for assignment in ("layers", "losses"):
        submit(root, "x-anna", assignment, answered(root, assignment))
    submit(root, "x-anna", "intro", other())
    submit(root, "x-bert", "layers", answered(root, "layers", ("axis=0", "axis=1")))
    helped = answered(root, "layers", ("dy.sum(axis=0)", "helpers.total(dy)"))
    helped["cells"][1]["source"] += "\nimport helpers"
    submit(root, "x-carl", "layers", helped)
    submit(root, "x-carl", "losses", answered(root, "losses"))
    (root / "submitted/x-carl/layers/helpers.py").write_text("def total(a):\n    return a.sum(axis=0)\n")
    (root / "submitted/x-carl/layers/.ipynb_checkpoints").mkdir()
    (root / "submitted/x-carl/layers/.ipynb_checkpoints/layers-checkpoint.ipynb").write_text("{}")
    released = json.loads((root / "release/layers/layers.ipynb").read_text())
    submit(root, "x-dora", "layers", released)
    return root


def graded(course, out, *more, folder="submitted"):
    """Grade what was collected; return the table by student."""
    code, _, err = run("grade", course / folder, "--out", out, "--jobs", 2, *more)
    assert code == 0, err
    rows = csv.DictReader((out / "grades.csv").read_text("utf-8-sig").splitlines())
    return {row["id"]: row for row in rows}


def test_it_is_graded_as_it_lies_there(course, tmp_path):
    """Students are called as their folders, and all assignments count; one that is not bpkit's disturbs nobody."""
    table = graded(course, tmp_path / "results")
    assert list(table) == ["x-anna", "x-bert", "x-carl", "x-dora"]
    assert {row["outcome"] for row in table.values()} == {"graded"}
    columns = ("layers/linear", "layers/softmax", "losses/mse", "neuron/relu")
    found = {student: tuple(row[column] for column in columns) for student, row in table.items()}
    assert found == {
        "x-anna": ("6", "6", "3", "not started"),
        "x-bert": ("2", "6", "not started", "not started"),
        "x-carl": ("6", "6", "3", "not started"),
        "x-dora": ("not started",) * 4,
    }


def test_one_assignment_alone(course, tmp_path):
    """`--only` takes what is asked for from all that a student has handed in."""
    table = graded(course, tmp_path / "results", "--only", "losses/mse")
    assert {student: row["score"] for student, row in table.items()} == {
        "x-anna": "3",
        "x-bert": "0",
        "x-carl": "3",
        "x-dora": "0",
    }


@pytest.mark.parametrize("name", ["submitted", "collected"])
def test_ids_that_begin_alike_stay(course, tmp_path, name):
    """By the folder's name, or where that is another, by nbgrader's timestamps."""
    shutil.copytree(course / "submitted", tmp_path / name)
    if name == "submitted":
        for path in tmp_path.rglob("timestamp.txt"):
            path.unlink()
    table = graded(tmp_path, tmp_path / "results", "--only", "mse", folder=name)
    assert list(table) == ["x-anna", "x-bert", "x-carl", "x-dora"]


def test_the_course_itself_is_no_class(course, tmp_path):
    """Its source and release are nobody's submissions."""
    code, _, err = run("grade", course, "--out", tmp_path / "results")
    assert code == 2
    assert "is nbgrader's course: name the folder in it" in err
    assert str(course / "submitted") in err
    assert not (tmp_path / "results").exists()


def test_there_and_back(course, tmp_path):
    """Collected, graded, exported to the gradebook, and out of it by nbgrader's own export."""
    graded(course, tmp_path / "results")
    code, out, err = run(
        "export", tmp_path / "results", "--format", "nbgrader", "--gradebook", course / "gradebook.db"
    )
    assert (code, err) == (0, "")
    assert "Scores of 3 students" in out
    assert out.endswith("For others nothing was written: nothing started 1.\n")
    nbgrader(course, "export", f"--to={tmp_path / 'grades.csv'}")
    rows = csv.DictReader((tmp_path / "grades.csv").read_text().splitlines())
    assert {(row["student_id"], row["assignment"]): float(row["score"]) for row in rows} == {
        ("x-anna", "layers"): 12,
        ("x-anna", "losses"): 3,
        ("x-bert", "layers"): 8,
        ("x-bert", "losses"): 0,
        ("x-carl", "layers"): 12,
        ("x-carl", "losses"): 3,
    }
