"""`bpkit grade` from the submissions to the files that an instructor opens, and every way in which it refuses."""

import csv
import json
import resource
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from bpkit.cli.main import bpkit as command
from bpkit.course import catalog
from bpkit.grading import batch
from bpkit.judging import isolation
from bpkit.report.results import Outcome

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

CLONE = Path(__file__).parents[2]
SCHEMA = CLONE / "autograder/bpkit/report/schema/results.v1.json"
RIGHT = (CLONE / "solutions/layers/linear.py").read_text()
STUB = (CLONE / "exercises/layers/linear.py").read_text()
CRASHES = "def linear_forward(x, W, b):\n    raise ValueError(7)\n\n\ndef linear_backward(dy, cache):\n    return 1 / 0\n"
LOOPS = CRASHES.replace("raise ValueError(7)", "while True: pass")
WRONG = RIGHT.replace("dx = dy @ W.T", "dx = dy @ W.T * 2")
ROSTER = "id,name\nanna,Anna Arendt\nbert,Bertolt\ncarl,Carl\ndora,Dora\nemil,Emil\nfred,Fred\ngerd,Gerd\nhans,Hans\n"


def hand_in(root, student, text, path="layers/linear.py"):
    """Write a student's file."""
    (root / student / path).parent.mkdir(parents=True, exist_ok=True)
    (root / student / path).write_text(text)


@pytest.fixture(scope="module")
def submissions(tmp_path_factory):
    """Return a class in which everything happens, and its roster."""
    root = tmp_path_factory.mktemp("class")
    hand_in(root / "class", "anna", RIGHT)
    hand_in(root / "class", "bert", WRONG, "deep/down/layers/linear.py")
    hand_in(root / "class", "carl", STUB)
    hand_in(root / "class", "dora", CRASHES)
    hand_in(root / "class", "emil", LOOPS)
    (root / "class/fred/layers").mkdir(parents=True)
    (root / "class/fred/layers/linear.py").symlink_to("/etc/passwd")
    hand_in(root / "class", "hans", "Nothing to see here.", "notes.txt")
    (root / "roster.csv").write_text(ROSTER)
    return root


@pytest.fixture(scope="module")
def graded(submissions, tmp_path_factory, cli):
    """Return the results of that class, and what was said."""
    out = tmp_path_factory.mktemp("graded") / "new" / "results"
    before = contents(submissions)
    ran = cli("grade", "class", "--roster", "roster.csv", "--only", "linear", "--out", out, cwd=submissions)
    assert contents(submissions) == before, "grading wrote to the submissions"
    return out, ran


def contents(root):
    """Return every file below a folder with its time and contents."""
    return {
        path: (path.lstat().st_mtime_ns, path.read_bytes())
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def table(out):
    """Return grades.csv by student."""
    text = (out / "grades.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(text.splitlines())}


def refused(ran, *words):
    """Hold a refusal to what every one has to keep: exit code 2, one error, no traceback."""
    assert (ran.code, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert ran.err.count("Error: ") == 1
    assert [word for word in words if word not in ran.err] == []
    return True


def test_what_it_says(graded):
    """One line: how many came to what, and where to look."""
    out, ran = graded
    assert (ran.code, ran.err.count("Error")) == (0, 0)
    assert ran.out == (
        f"5 graded, 2 refused, 1 not handed in. {out / 'index.html'} shows the class; grades.csv and feedback/ lie "
        "beside it.\n"
    )


def test_outcomes_are_told_apart(graded):
    """0 points, crashed, timed out, not started, refused and not handed in are six different things."""
    rows = table(graded[0])
    assert {
        student: (row["outcome"], row["score"], row["layers/linear"]) for student, row in rows.items()
    } == {
        "anna": ("graded", "6", "6"),
        "bert": ("graded", "2", "2"),
        "carl": ("graded", "0", "not started"),
        "dora": ("graded", "0", "crashed"),
        "emil": ("graded", "0", "timed out"),
        "fred": ("refused", "", ""),
        "gerd": ("not handed in", "", ""),
        "hans": ("refused", "", ""),
    }
    assert rows["anna"]["name"] == "Anna Arendt"
    assert "link" in rows["fred"]["note"]
    assert rows["gerd"]["note"] == "Nothing was handed in."
    assert {row["max"] for row in rows.values()} == {"6"}


def test_results_keep_to_their_schema(graded):
    """results.json is valid, and says the same."""
    data = json.loads((graded[0] / "results.json").read_text())
    jsonschema.validate(data, json.loads(SCHEMA.read_text()), jsonschema.Draft202012Validator)
    found = {student["student"]: student for student in data["students"]}
    assert [found[name]["outcome"] for name in ("anna", "fred", "gerd")] == [
        "graded",
        "refused",
        "not_handed_in",
    ]
    statuses = [
        found[name]["verdict"]["exercises"][0]["status"] for name in ("anna", "bert", "carl", "dora", "emil")
    ]
    assert statuses == ["passed", "failed", "not_started", "crashed", "timed_out"]
    assert found["anna"]["verdict"]["isolation"] >= 2


def test_everybody_has_feedback(graded):
    """A page and a Markdown file for each, with the mistake's name; nothing half written, nothing of fred's link."""
    out, _ = graded
    names = {path.name for path in (out / "feedback").iterdir()}
    assert names == {f"{student}.{kind}" for student in table(out) for kind in ("html", "md")}
    assert "dx" in (out / "feedback/bert.md").read_text()
    assert "root:" not in "".join(path.read_text() for path in (out / "feedback").iterdir())
    assert "anna" in (out / "index.html").read_text()


def test_again_grades_nothing(graded, submissions, cli):
    """The same command writes the same files; --regrade grades again what is there."""
    out, _ = graded
    before = {path: path.read_bytes() for path in out.rglob("*.*") if "sqlite" not in path.name}
    words = ("--roster", "roster.csv", "--only", "linear")
    ran = cli("grade", "class", *words, "--out", out, cwd=submissions)
    assert ran.out.startswith("5 graded (5 of them before, and unchanged), 2 refused, 1 not handed in.")
    assert {path: path.read_bytes() for path in before} == before


def test_a_changed_submission_and_regrade(tmp_path, cli):
    """Only what changed is graded again, unless all is asked for."""
    for student in ("a", "b"):
        hand_in(tmp_path / "class", student, RIGHT)
    grade = ("grade", "class", "--only", "linear", "--out", "results")
    assert cli(*grade, cwd=tmp_path).out.startswith("2 graded. ")
    hand_in(tmp_path / "class", "b", WRONG)
    assert cli(*grade, cwd=tmp_path).out.startswith("2 graded (1 of them before, and unchanged). ")
    assert table(tmp_path / "results")["b"]["score"] == "2"
    assert cli(*grade, "--regrade", "--jobs", "1", cwd=tmp_path).out.startswith("2 graded. ")


def test_archives(tmp_path, cli):
    """One zip of folders, and a folder with zips in it, give what folders give."""
    hand_in(tmp_path / "class", "anna", RIGHT)
    hand_in(tmp_path / "class", "bert", WRONG)
    shutil.make_archive(str(tmp_path / "all"), "zip", tmp_path / "class")
    (tmp_path / "zips").mkdir()
    for student in ("anna", "bert"):
        shutil.make_archive(str(tmp_path / "zips" / student), "gztar", tmp_path / "class" / student)
    (tmp_path / "zips/carl.zip").write_bytes(b"no zip")
    with zipfile.ZipFile(tmp_path / "zips/dora.zip", "w") as file:
        file.writestr("../layers/linear.py", RIGHT)
    for name in ("class", "all.zip", "zips"):
        ran = cli("grade", name, "--only", "linear", "--out", f"out-{name}", cwd=tmp_path)
        assert (ran.code, ran.err) == (0, "")
        rows = table(tmp_path / f"out-{name}")
        assert [rows[student]["score"] for student in ("anna", "bert")] == ["6", "2"]
    assert [rows[student]["outcome"] for student in ("carl", "dora")] == ["refused", "refused"]
    assert not (tmp_path / "layers").exists()


def test_only_takes_exercises_and_chapters(tmp_path, cli):
    """The table has these exercises, in the course's order; others that were handed in do not count."""
    hand_in(tmp_path / "class", "anna", RIGHT)
    hand_in(tmp_path / "class", "anna", "", "optimizers/sgd.py")
    ran = cli("grade", "class", "--only", "layers", "--only", "neuron/relu", "--out", "out", cwd=tmp_path)
    assert ran.code == 0
    header = list(table(tmp_path / "out")["anna"])
    chosen = header[header.index("max") + 1 : -1]
    assert set(chosen) == {"neuron/relu", *(exercise.id for exercise in catalog.in_chapter("layers"))}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--out", "out"], ["nowhere", "does not exist"]),
        (["empty", "--out", "out"], ["empty holds no submissions"]),
        (["file", "--out", "out"], ["file is no archive"]),
        (["class/anna", "--out", "out"], ["is itself a submission"]),
        (["class"], ["Missing option '--out'"]),
        (["class", "--out", "file"], ["'file' is a file"]),
        (["class", "--out", "file/out"], ["cannot be used for results"]),
        (["class", "--out", "out", "--pack", "file"], ["file is no pack of bpkit's"]),
        (["class", "--out", "out", "--pack", "nopack"], ["There is no pack nopack"]),
        (["class", "--out", "out", "--pack", "class"], ["'class' is a directory"]),
        (["class", "--out", "out", "--only", "liner"], ["'liner'", "Did you mean"]),
        (["class", "--out", "out", "--roster", "none.csv"], ["none.csv", "does not exist"]),
        (["class", "--out", "out", "--roster", "file"], ["file has no column that tells who a student is"]),
        (["class", "--out", "out", "--jobs", "0"], ["'--jobs'"]),
        (["class", "--out", "out", "--isolation", "4"], ["'--isolation'"]),
        (["class", "--out", "out", "--jobs", "1", "--scheduler", "tcp://h:1"], ["choose one"]),
        (["class", "--out", "damaged"], ["ledger.sqlite", "damaged"]),
    ],
)
def test_bad_input(tmp_path, cli, arguments, words):
    """One sentence, exit code 2, and no folder of results."""
    hand_in(tmp_path / "class", "anna", RIGHT)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("words\n")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged/ledger.sqlite").write_text("This is no database. " * 100)
    assert refused(cli("grade", *arguments, cwd=tmp_path), *words)
    assert not (tmp_path / "out").exists()


def test_a_full_disk(tmp_path):
    """What cannot be written is told in a sentence; what was graded before is kept."""
    for number in range(40):
        hand_in(tmp_path / "class", f"s{number}", f"{WRONG}# {number}\n")
    words = ["grade", "class", "--only", "linear", "--out", "out", "--jobs", "1"]

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    process = [sys.executable, "-B", "-m", "bpkit", *words]
    ran = subprocess.run(process, cwd=tmp_path, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr
    assert "Error: The result of s" in ran.stderr
    again = subprocess.run(process, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert again.returncode == 0
    assert "of them before, and unchanged" in again.stdout
    assert len(table(tmp_path / "out")) == 40


def test_results_that_cannot_be_written(tmp_path, cli):
    """A file that is in the way of a folder is told; the ledger has the results."""
    hand_in(tmp_path / "class", "anna", RIGHT)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/feedback").write_text("in the way")
    ran = cli("grade", "class", "--only", "linear", "--out", "out", cwd=tmp_path)
    assert refused(ran, "out/feedback/anna.html cannot be written: ")
    (tmp_path / "out/feedback").unlink()
    ran = cli("grade", "class", "--only", "linear", "--out", "out", cwd=tmp_path)
    assert ran.out.startswith("1 graded (1 of them before, and unchanged).")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Return a function that runs `bpkit grade` in this process, where parts of it can be replaced."""
    hand_in(tmp_path / "class", "anna", RIGHT)
    monkeypatch.chdir(tmp_path)
    words = ["grade", "class", "--only", "linear", "--out", "out"]
    return lambda *more: CliRunner().invoke(command, [*words, *more], prog_name="bpkit")


def test_too_little_isolation(here, monkeypatch):
    """Exit code 4, before anything is written; a lower level can be asked for."""
    monkeypatch.setattr(
        isolation, "prove", lambda _: isolation.Proof(1, (), (), "no Landlock in this kernel")
    )
    ran = here()
    assert (ran.exit_code, Path("out").exists()) == (4, False)
    assert "Isolation level 2 was asked for, and this machine offers 1" in ran.output
    assert "no Landlock in this kernel" in ran.output


def test_what_could_not_be_judged(here, monkeypatch):
    """Exit code 3, and the table says so; grading again mends it."""
    real = batch._answer
    broken = (Outcome.NOT_JUDGED, "The machine failed.", "")
    monkeypatch.setattr(batch, "_answer", lambda future: (real(future), broken)[1])
    ran = here("--jobs", "1")
    assert (ran.exit_code, ran.output.partition(".")[0]) == (3, "1 not judged")
    row = table(Path("out"))["anna"]
    assert (row["outcome"], row["score"], row["note"]) == ("not judged", "", "The machine failed.")
    monkeypatch.undo()


def test_not_on_this_system(here, monkeypatch):
    """Elsewhere than on Linux nothing can be confined: wrong use, and it says why."""
    monkeypatch.setattr(sys, "platform", "darwin")
    ran = here()
    assert (ran.exit_code, "needs Linux" in ran.output) == (2, True)
