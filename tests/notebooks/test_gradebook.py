"""Scores in an nbgrader gradebook: SQLite, and PostgreSQL where BPKIT_TEST_POSTGRES is a database's address."""

import csv
import json
import os
import shutil
import sqlite3

import pytest

pytest.importorskip("nbgrader")
pytest.importorskip("fcntl", reason="the ledger is for Linux")

from class_of_six import ALL, LINEAR, POINTS, SOFTMAX, export, graded, grades, opened
from nbgrader.api import MissingEntry
from sqlalchemy import create_engine
from two_chapters import ASSIGNMENTS, nbgrader, run

from bpkit.notebooks import gradebook
from bpkit.report.results import Outcome

POSTGRES = os.environ.get("BPKIT_TEST_POSTGRES", "")
FORWARD, BACKWARD = ("layers-linear-linear_forward-check", "layers-linear-linear_backward-check")


@pytest.fixture(scope="module")
def postgres(two_assignments, testrun_uid):
    """Return the address of a gradebook in PostgreSQL, as `two_assignments` has it, in a schema of its own."""
    if not POSTGRES:
        pytest.skip("BPKIT_TEST_POSTGRES has no address")
    schema = f"bpkit_{os.getpid()}_{testrun_uid[:8]}"
    engine = create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    address = f"{POSTGRES}?options=-csearch_path%3D{schema}"
    for assignment in ASSIGNMENTS:
        nbgrader(
            two_assignments,
            "generate_assignment",
            assignment,
            "--force",
            f"--CourseDirectory.db_url={address}",
        )
    yield address
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path, two_assignments):
    """Return the address of a gradebook of one's own, without students."""
    if request.param == "sqlite":
        shutil.copy(two_assignments / "gradebook.db", tmp_path)
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


def test_nbgrader_exports_what_was_written(results, two_assignments, tmp_path, address):
    """`nbgrader export` has the same sums."""
    export(results(), address)
    nbgrader(
        two_assignments, "export", f"--to={tmp_path / 'grades.csv'}", f"--CourseDirectory.db_url={address}"
    )
    rows = list(csv.DictReader((tmp_path / "grades.csv").read_text().splitlines()))
    scores = {(row["assignment"], row["student_id"]): float(row["score"]) for row in rows}
    assert scores == {
        ("layers", "anna"): 8.0,
        ("losses", "anna"): 3.0,
        ("layers", "bert"): 2.0,
        ("losses", "bert"): 0.0,
    }


def test_a_plain_path(results, two_assignments, tmp_path):
    """A path is as good as an address, and a file of another format can be had at once."""
    shutil.copy(two_assignments / "gradebook.db", tmp_path / "of 2027#?.db")
    out = export(results(), tmp_path / "of 2027#?.db", "--format", "csv")
    assert "of 2027#?.db" in out
    assert "1 file written" in out
    assert (tmp_path / "results/grades.csv").is_file()
    connection = sqlite3.connect(tmp_path / "of 2027#?.db")
    assert connection.execute("SELECT count(*) FROM student").fetchone() == (2,)
    connection.close()
