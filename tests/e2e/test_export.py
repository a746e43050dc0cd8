"""`bpkit export`: every format from a ledger, nothing graded again, and one sentence for what cannot be done."""

import csv
import json
import shutil
import sqlite3
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bpkit.report.exports.formats import FORMATS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

RIGHT = (Path(__file__).parents[2] / "solutions/layers/linear.py").read_text()
STUDENTS = ("anna", "bert", "carl", "dora")
# What Classroom 50's runner sets.
RUNNER = dict.fromkeys(("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL"), "x")


@pytest.fixture(scope="module")
def results(tmp_path_factory, cli):
    """Return a graded class: right, wrong, refused, not handed in. Only the ledger is left of it."""
    root = tmp_path_factory.mktemp("export")
    for student, text in (("anna", RIGHT), ("bert", RIGHT.replace("axis=0", "axis=1"))):
        (root / "class" / student / "layers").mkdir(parents=True)
        (root / "class" / student / "layers/linear.py").write_text(text)
    (root / "class/carl").mkdir()
    (root / "roster.csv").write_text("id,name\nanna,Anna\nbert,Bert\ncarl,Carl\ndora,Dora\n")
    (root / "class/carl/linear.zip").write_bytes(b"no zip")
    ran = cli("grade", "class", "--roster", "roster.csv", "--only", "linear", "--out", "graded", cwd=root)
    assert (ran.code, ran.err) == (0, "")
    (root / "ledger").mkdir()
    shutil.copy(root / "graded/ledger.sqlite", root / "ledger")
    return root / "ledger"


def refused(ran, *words):
    """Hold a refusal to what every one has to keep: exit code 2, one error, no traceback."""
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err.count("Error: ") == 1
    assert [word for word in words if word not in ran.err] == []
    return True


@pytest.mark.parametrize("name", FORMATS)
def test_every_format(results, tmp_path, cli, name):
    """Each writes the files that it promises, each can be read, and the ledger stays as it is."""
    before = (results / "ledger.sqlite").read_bytes()
    ran = cli("export", results, "--format", name, "--out", "there", cwd=tmp_path, env=RUNNER)
    assert (ran.code, ran.err) == (0, "")
    files = {path.relative_to(tmp_path / "there").as_posix() for path in (tmp_path / "there").rglob("*.*")}
    promised = {path.replace("{student}", student) for path in FORMATS[name].paths for student in STUDENTS}
    assert files == promised
    assert f"{len(files)} file" in ran.out
    assert (results / "ledger.sqlite").read_bytes() == before
    for path in files:
        text = (tmp_path / "there" / path).read_text("utf-8-sig")
        if path.endswith(".json"):
            json.loads(text)
        elif path.endswith(".xml"):
            ET.fromstring(text)
        elif path.endswith(".csv"):
            assert len({len(row) for row in csv.reader(text.splitlines())}) == 1
        else:
            assert text


def test_the_same_as_grading_wrote(results, tmp_path, cli):
    """What `grade` writes itself can be had again from the ledger alone, byte for byte."""
    words = [
        word for name in ("csv", "json", "page", "html", "markdown", "junit") for word in ("--format", name)
    ]
    ran = cli("export", results, *words, "--out", tmp_path, cwd=tmp_path)
    assert ran.code == 0
    graded = results.parent / "graded"
    mine, theirs = (
        {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*.*")
            if "ledger" not in path.name
        }
        for root in (tmp_path, graded)
    )
    assert mine == theirs


def test_where_and_under_what_name(results, tmp_path, cli):
    """Without --out files go beside the ledger; the assignment's name is the platform's column."""
    shutil.copytree(results, tmp_path / "results")
    ran = cli("export", "results", "--format", "canvas", "--assignment", "Sheet 3", cwd=tmp_path)
    assert ran.out == "2 files written to results: canvas.csv, canvas-without-grade.csv.\n"
    assert "Sheet 3" in (tmp_path / "results/canvas.csv").read_text("utf-8-sig").splitlines()[0]


def test_help_names_every_format(cli, tmp_path):
    """All formats can be found without the documentation."""
    ran = cli("export", "--help", cwd=tmp_path)
    assert [name for name in FORMATS if name not in ran.out] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--format", "csv"], ["nowhere", "does not exist"]),
        (["file", "--format", "csv"], ["'file' is a file"]),
        (["empty", "--format", "csv"], ["There is no ledger.sqlite in empty", "bpkit grade"]),
        (["damaged", "--format", "csv"], ["ledger.sqlite", "damaged"]),
        (["later", "--format", "csv"], ["another version of bpkit"]),
        (["results", "--format", "classroom50"], ["CLASSROOM", "autograder.py"]),
        (["results"], ["Missing option '--format'", "moodle"]),
        (["results", "--format", "excel"], ["'excel' is not one of", "moodle"]),
        (["results", "--format", "csv", "--out", "file"], ["'file' is a file"]),
        (["results", "--format", "csv", "--out", "file/x"], ["file/x/grades.csv cannot be written"]),
    ],
)
def test_bad_input(results, tmp_path, cli, arguments, words):
    """One sentence and exit code 2."""
    shutil.copytree(results, tmp_path / "results")
    for name in ("empty", "damaged", "later"):
        (tmp_path / name).mkdir()
    (tmp_path / "file").write_text("words\n")
    (tmp_path / "damaged/ledger.sqlite").write_text("This is no database. " * 100)
    connection = sqlite3.connect(tmp_path / "later/ledger.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert refused(cli("export", *arguments, cwd=tmp_path), *words)
