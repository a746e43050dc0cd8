"""Scores in an nbgrader gradebook: SQLite, and PostgreSQL where BPKIT_TEST_POSTGRES is a database's address."""

import csv
import json
import os
import shutil
import sqlite3
import sys

import pytest

pytest.importorskip("nbgrader")
pytest.importorskip("fcntl", reason="the ledger is for Linux")

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import create_engine
from two_chapters import ASSIGNMENTS, make, nbgrader, run

from bpkit.errors import BadFile
from bpkit.grading.ledger import Ledger
from bpkit.notebooks import gradebook
from bpkit.report.results import Outcome

POSTGRES = os.environ.get("BPKIT_TEST_POSTGRES", "")
LINEAR, SOFTMAX, MSE = "layers/linear", "layers/softmax", "losses/mse"
POINTS = {LINEAR: (2, 4), SOFTMAX: (2, 4), MSE: (1, 2)}
FORWARD, BACKWARD = ("layers-linear-linear_forward-check", "layers-linear-linear_backward-check")


@pytest.fixture(scope="module")
def course(once):
    """Return a course with the assignments layers and losses. To be copied only."""
    return once("two_chapters", make)


@pytest.fixture(scope="module")
def postgres(course, testrun_uid):
    """Return the address of a gradebook in PostgreSQL, as `course`'s own, in a schema of its own."""
    if not POSTGRES:
        pytest.skip("BPKIT_TEST_POSTGRES has no address")
    schema = f"bpkit_{os.getpid()}_{testrun_uid[:8]}"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    address = f"{POSTGRES}?options=-csearch_path%3D{schema}"
    for assignment in ASSIGNMENTS:
        nbgrader(course, "generate_assignment", assignment, "--force", f"--CourseDirectory.db_url={address}")
    yield address
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path, course):
    """Return the address of a gradebook of one's own, without students."""
    if request.param == "sqlite":
        shutil.copy(course / "gradebook.db", tmp_path)
        return f"sqlite:///{tmp_path / 'gradebook.db'}"
    found = request.getfixturevalue("postgres")
    with opened(found) as book:
        for student in book.students:
            book.remove_student(student.id)
        for name in {one.name for one in book.assignments} - {"layers", "losses"}:
            book.remove_assignment(name)
        for name, largest in ((FORWARD, 2), (BACKWARD, 4)):
            book.find_grade_cell(name, "layers", "layers").max_score = largest
        book.db.commit()
    return found


def opened(address):
    """Open a gradebook as nbgrader does."""
    return Gradebook(address)


def graded(points, status=None):
    """Return a verdict. points: of both functions, by exercise; None could not be judged, "" was not started."""
    exercises = [
        {
            "id": exercise_id,
            "status": "failed",
            "points": 0,
            "parts": [
                {
                    "name": f"{exercise_id.partition('/')[2]}_{which}",
                    "status": status or ("not_started" if earned == "" else "failed"),
                    "points": earned or (None if earned is None else 0),
                    "max_points": largest,
                }
                for which, earned, largest in zip(
                    ("forward", "backward"), both, POINTS[exercise_id], strict=True
                )
            ],
        }
        for exercise_id, both in points.items()
    ]
    return json.dumps({"score": 0, "max_score": 0, "open_score": 0, "exercises": exercises})


ALL = {
    "anna": ("Anna Maria Müller", Outcome.GRADED, graded({LINEAR: (2, 4), SOFTMAX: (2, 0), MSE: (1, 2)})),
    "bert": ("Brecht, Bert", Outcome.GRADED, graded({LINEAR: (2, None), SOFTMAX: (0, 0), MSE: ("", "")})),
    "carl": ("", Outcome.REFUSED, ""),
    "dora": ("Dora", Outcome.NOT_HANDED_IN, ""),
    "emil": ("Emil", Outcome.NOT_JUDGED, ""),
    "fay": ("Fay", Outcome.GRADED, graded({LINEAR: ("", ""), SOFTMAX: ("", ""), MSE: ("", "")})),
}


@pytest.fixture
def results(tmp_path):
    """Return a folder with a ledger, and a function that writes more to it."""

    def enter(rows=ALL):
        with Ledger(tmp_path / "results") as ledger:
            for student, (name, outcome, verdict) in rows.items():
                ledger.write(student, name, "key", outcome, "", verdict)
        return tmp_path / "results"

    return enter


def export(results, address, *more):
    """Write to a gradebook; return what was said."""
    code, out, err = run("export", results, "--format", "nbgrader", "--gradebook", address, *more)
    assert (code, err) == (0, ""), err
    return out


def grades(address):
    """Return every grade that is there: student, assignment, cell → automatic score, manual score, asks for a person."""
    with opened(address) as book:
        return {
            (student.id, submission.name, grade.name): (
                grade.auto_score, grade.manual_score, grade.needs_manual_grade,
            )
            for student in book.students
            for submission in student.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }  # fmt: skip


def test_every_outcome(results, address):
    """A score where there is one; a person is asked where it could not be judged; nothing where nothing is known."""
    out = export(results(), address)
    assert "Scores of 2 students" in out
    assert "2 of them new in it, 1 function of theirs not judged, which a person has to grade." in out
    assert "nothing was written: not handed in 1, not judged 1, refused 1, nothing started 1." in out
    found = grades(address)
    assert {(student, assignment) for student, assignment, _ in found} == {
        ("anna", "layers"),
        ("anna", "losses"),
        ("bert", "layers"),
    }
    assert found["anna", "layers", FORWARD] == (2.0, None, False)
    assert found["anna", "layers", "layers-softmax-softmax_backward-check"] == (0.0, None, False)
    assert found["anna", "losses", "losses-mse-mse_backward-check"] == (2.0, None, False)
    assert found["bert", "layers", BACKWARD] == (None, None, True)
    assert found["anna", "layers", "layers-answer"] == (None, None, True)  # a person's, as nbgrader made it
    with opened(address) as book:
        names = [(one.id, one.first_name, one.last_name) for one in book.students]
    assert names == [("bert", "Bert", "Brecht"), ("anna", "Anna Maria", "Müller")]


def test_twice_the_same(results, address):
    """A second run changes nothing, and adds nobody."""
    export(results(), address)
    before = grades(address)
    assert "new in it" not in export(results(), address)
    assert grades(address) == before


def test_what_a_person_gave_stays(results, address):
    """A manual score, extra credit and a comment stay; a new automatic score beside one is to be looked at."""
    export(results(), address)
    with opened(address) as book:
        grade = book.find_grade(BACKWARD, "layers", "layers", "bert")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 3.0, 1.0, False
        answer = book.find_grade("layers-answer", "layers", "layers", "bert")
        answer.manual_score, answer.needs_manual_grade = 1.0, False
        comment = book.find_comment("layers-answer", "layers", "layers", "bert")
        comment.manual_comment = "Well said."
        book.db.commit()
    export(
        results({"bert": ("Another Name", Outcome.GRADED, graded({LINEAR: (0, 4), SOFTMAX: (2, 4)}))}),
        address,
    )
    found = grades(address)
    assert found["bert", "layers", FORWARD] == (0.0, None, False)
    assert found["bert", "layers", BACKWARD] == (4.0, 3.0, True)
    assert found["bert", "layers", "layers-answer"] == (None, 1.0, False)
    with opened(address) as book:
        assert book.find_grade(BACKWARD, "layers", "layers", "bert").extra_credit == 1.0
        assert book.find_comment("layers-answer", "layers", "layers", "bert").comment == "Well said."
        assert book.find_student("bert").last_name == "Brecht"
        assert book.find_submission("layers", "bert").score == 0 + 3 + 1 + 6 + 1


@pytest.mark.parametrize(
    ("earned", "largest", "written"),
    [(2, 8.0, 4.0), (4, 1.0, 1.0), (7, 4.0, 4.0), (-3, 4.0, 0.0), (4, 0.0, 0.0), (4, float("inf"), 0.0)],
)
def test_scores_fit_the_cell(results, address, earned, largest, written):
    """A cell that is worth other points than the function has them in proportion; none is below 0, or above its most."""
    with opened(address) as book:
        book.find_grade_cell(BACKWARD, "layers", "layers").max_score = largest
        book.db.commit()
    export(results({"anna": ("", Outcome.GRADED, graded({LINEAR: (2, earned)}))}), address)
    assert grades(address)["anna", "layers", BACKWARD] == (written, None, False)


def test_a_submission_that_nbgrader_has(results, address):
    """Where nbgrader has collected it, nothing started is 0 points; its time and its id are nbgrader's."""
    with opened(address) as book:
        book.add_student("fay")
        with book.db.no_autoflush:
            book.add_submission("layers", "fay", timestamp="2027-01-02 03:04:05 UTC")
    export(results(), address)
    found = grades(address)
    assert found["fay", "layers", FORWARD] == (0.0, None, False)
    assert ("fay", "losses", "losses-mse-mse_forward-check") not in found
    with opened(address) as book:
        assert str(book.find_submission("layers", "fay").timestamp) == "2027-01-02 03:04:05"


def test_a_notebook_that_came_later(results, address):
    """What nbgrader would have made of a submission, had the notebook been there, is made up for."""
    with opened(address) as book:
        book.add_assignment("later")
        book.add_student("anna")
        with book.db.no_autoflush:
            book.add_submission("later", "anna")
        book.add_notebook("extra", "later")
        name = "neuron-relu-relu_forward-check"
        book.add_grade_cell(name, "extra", "later", max_score=1, cell_type="code")
        book.add_solution_cell("neuron-relu-relu_forward", "extra", "later")
    verdict = json.loads(graded({LINEAR: (1, 1)}))
    verdict["exercises"][0]["id"] = "neuron/relu"
    for part in verdict["exercises"][0]["parts"]:
        part["name"] = part["name"].replace("linear", "relu")
    export(results({"anna": ("", Outcome.GRADED, json.dumps(verdict))}), address)
    assert grades(address)["anna", "later", name] == (0.5, None, False)
    with opened(address) as book:
        book.find_comment("neuron-relu-relu_forward", "extra", "later", "anna")


def test_ids_that_bpkit_made_safe_are_found(results, address):
    """Its ids are names of folders, and may hold what bpkit's, which name files, may not."""
    with opened(address) as book:
        book.add_student("anna müller")
    export(results({"anna_müller": ("", Outcome.GRADED, graded({LINEAR: (2, 4)}))}), address)
    with opened(address) as book:
        assert [student.id for student in book.students] == ["anna müller"]


def test_one_transaction_a_student(results, address, monkeypatch):
    """What stops in the middle leaves nothing of that student, and all of those before."""
    taken = []
    ours = gradebook._set

    def breaks(grade, score):
        taken.append(score)
        if len(taken) == 8:  # of bert's, after his submission was added
            raise RuntimeError
        ours(grade, score)

    monkeypatch.setattr(gradebook, "_set", breaks)
    rows = {name: ALL[name] for name in ("anna", "bert")}
    with pytest.raises(RuntimeError):
        gradebook.write(address, _read(results(rows)), list(POINTS))
    assert {student for student, _, _ in grades(address)} == {"anna"}
    with opened(address) as book, pytest.raises(MissingEntry):
        book.find_student("bert")


def _read(folder):
    from bpkit.grading import ledger

    with ledger.read(folder) as found:
        return list(found)


def test_one_assignment_of_several(results, address):
    """`--assignment` writes to that one alone; what is left out is told."""
    out = export(results(), address, "--assignment", "losses")
    assert {assignment for _, assignment, _ in grades(address)} == {"losses"}
    assert "Not in the gradebook, and left out: layers/linear, layers/softmax." in out


def test_cells_that_are_in_two_assignments(results, address):
    """Nothing is written before it is said which is meant."""
    with opened(address) as book:
        book.add_assignment("resit")
        book.add_notebook("again", "resit")
        book.add_grade_cell(FORWARD, "again", "resit", max_score=2, cell_type="code")
    code, _, err = run("export", results(), "--format", "nbgrader", "--gradebook", address)
    assert (code, grades(address)) == (2, {})
    assert "is in layers/layers and in resit/again" in err
    assert "--assignment NAME" in err
    export(results(), address, "--assignment", "resit")
    assert set(grades(address)) == {("anna", "resit", FORWARD), ("bert", "resit", FORWARD)}


def test_nbgrader_exports_what_was_written(results, course, tmp_path, address):
    """`nbgrader export` has the same sums."""
    export(results(), address)
    nbgrader(course, "export", f"--to={tmp_path / 'grades.csv'}", f"--CourseDirectory.db_url={address}")
    rows = list(csv.DictReader((tmp_path / "grades.csv").read_text().splitlines()))
    scores = {(row["assignment"], row["student_id"]): float(row["score"]) for row in rows}
    assert scores == {
        ("layers", "anna"): 8.0,
        ("losses", "anna"): 3.0,
        ("layers", "bert"): 2.0,
        ("losses", "bert"): 0.0,
    }


def test_a_plain_path(results, course, tmp_path):
    """A path is as good as an address, and a file of another format can be had at once."""
    shutil.copy(course / "gradebook.db", tmp_path / "of 2027#?.db")
    out = export(results(), tmp_path / "of 2027#?.db", "--format", "csv")
    assert "of 2027#?.db" in out
    assert "1 file written" in out
    assert (tmp_path / "results/grades.csv").is_file()
    connection = sqlite3.connect(tmp_path / "of 2027#?.db")
    assert connection.execute("SELECT count(*) FROM student").fetchone() == (2,)
    connection.close()


def refusal(results, address, *more):
    """Try to write to a gradebook; return why it cannot be."""
    code, out, err = run("export", results, "--format", "nbgrader", "--gradebook", address, *more)
    assert (code, out) == (2, "")
    assert err.count("Error: ") == 1
    assert "Traceback" not in err
    return err


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("nowhere.db", "There is no gradebook nowhere.db"),
        ("sqlite:///nowhere.db", "There is no gradebook nowhere.db"),
        ("sqlite://", "There is no gradebook sqlite://"),
        ("empty.db", "is no gradebook of nbgrader's"),
        ("other.db", "is no gradebook of nbgrader's"),
        ("words.db", "not a database"),
        ("old.db", "nbgrader db upgrade"),
        ("bare.db", "First: nbgrader generate_assignment layers losses"),
        ("://", "address cannot be read"),
        ("postgres://", "cannot be used"),
        ("postgresql+nothing://localhost/x", "cannot be used"),
        ("postgresql+psycopg2://u:secret@127.0.0.1:1/x", "u:***@127.0.0.1:1/x"),
    ],
)
def test_what_is_no_gradebook(results, course, tmp_path, monkeypatch, where, words):
    """One sentence, exit code 2, no new file, no password."""
    if "psycopg2" in where:
        pytest.importorskip("psycopg2")
    monkeypatch.chdir(tmp_path)
    folder = results()
    (tmp_path / "empty.db").touch()
    (tmp_path / "words.db").write_text("This is no database. " * 100)
    for name, command in (
        ("other.db", "CREATE TABLE songs (name TEXT)"),
        ("old.db", "ALTER TABLE student DROP COLUMN lms_user_id"),
    ):
        if name == "old.db":
            shutil.copy(course / "gradebook.db", name)
        connection = sqlite3.connect(name)
        connection.execute(command)
        connection.close()
    shutil.copy(course / "gradebook.db", "bare.db")
    with opened("sqlite:///bare.db") as book:
        book.remove_assignment("layers")
        book.remove_assignment("losses")
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.db")}
    err = refusal(folder, where)
    assert words in err
    assert "secret" not in err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.db")} == before


def test_a_locked_gradebook(results, course, tmp_path):
    """Another program that writes is waited for, a while, and then nothing is written."""
    path = shutil.copy(course / "gradebook.db", tmp_path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    err = refusal(results(), path)
    connection.close()
    assert "database is locked. Of anna nothing was written" in err
    assert grades(f"sqlite:///{path}") == {}


def test_no_such_assignment(results, course, tmp_path):
    """The assignments that there are are named."""
    path = shutil.copy(course / "gradebook.db", tmp_path)
    err = refusal(results(), path, "--assignment", "Sheet 3")
    assert "no assignment 'Sheet 3', but layers and losses" in err


def test_what_is_not_installed(results, course, tmp_path, monkeypatch):
    """A driver, or nbgrader itself: one sentence with what to install."""
    folder = results()
    monkeypatch.setitem(sys.modules, "psycopg2", None)
    with pytest.raises(BadFile, match="needs the Python package psycopg2, which is not installed"):
        gradebook.write("postgresql+psycopg2://127.0.0.1:1/x", [], [])
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    path = shutil.copy(course / "gradebook.db", tmp_path)
    assert "nbgrader is not installed" in refusal(folder, path)


@pytest.mark.parametrize("arguments", [("--format", "nbgrader"), ("--format", "csv", "--gradebook", "x.db")])
def test_the_two_options_go_together(results, arguments):
    """Neither is passed over in silence."""
    code, _, err = run("export", results(), *arguments)
    assert code == 2
    assert "--format nbgrader and --gradebook ADDRESS go together." in err
