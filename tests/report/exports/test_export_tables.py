"""grades.csv, Canvas and Moodle: read again by the csv module, with nothing that is no grade turned into 0."""

import csv
import io

import pytest

from bpkit.judging.verdict import Status
from bpkit.report.exports import FORMATS, Options
from bpkit.report.results import Outcome, Result


def tables(name, results, exercises, options=None):
    """Return the format's files, each as a list of rows."""
    found = {}
    for file in FORMATS[name].write(results, exercises, options):
        text = file.content.decode("utf-8-sig")
        found[file.path] = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    return found


def records(rows):
    """Return the rows by what is in their first column, as dictionaries by header."""
    head, *rest = rows
    assert all(len(row) == len(head) for row in rest)
    return {row[0]: dict(zip(head, row, strict=True)) for row in rest}


def test_grades(each, exercises):
    """One row a student, one column an exercise; the words tell apart what has no points."""
    rows = tables("csv", each, exercises)["grades.csv"]
    assert rows[0] == ["id", "name", "outcome", "score", "open", "max", *exercises, "note"]
    found = records(rows)
    assert list(found) == [result.student for result in each]
    first = {status: found[f"s-{status.value}"]["layers/linear"] for status in Status}
    assert first == {
        Status.PASSED: "6",
        Status.FAILED: "2",
        Status.NOT_STARTED: "not started",
        Status.BLOCKED: "blocked",
        Status.BAD_RETURN: "bad return",
        Status.OUT_OF_MEMORY: "out of memory",
        Status.TIMED_OUT: "timed out",
        Status.CRASHED: "crashed",
        Status.NOT_JUDGED: "not judged",
    }
    assert found["s-not_judged"]["score"] == "6"
    assert found["s-not_judged"]["open"] == "6"
    zero = found["zero"]
    assert (zero["name"], zero["outcome"], zero["score"], zero["open"], zero["max"]) == (
        "Zoë Zero", "graded", "0", "0", "12",
    )  # fmt: skip
    assert [zero[exercise_id] for exercise_id in exercises] == ["0", "0", "0"]


def test_who_was_not_graded(each, exercises):
    """Refused, not handed in and not judged are three words, an empty score, and the reason."""
    found = records(tables("csv", each, exercises)["grades.csv"])
    for outcome, word in (
        ("refused", "refused"),
        ("not_handed_in", "not handed in"),
        ("not_judged", "not judged"),
    ):
        row = found[f"o-{outcome}"]
        assert (row["outcome"], row["score"], row["open"], row["max"]) == (word, "", "", "12")
        assert {row[exercise_id] for exercise_id in exercises} == {""}
        assert row["note"] == f"Because of {outcome}."


def test_grades_open_in_excel(each, exercises):
    """The file starts with UTF-8's byte order mark, and ends every line as RFC 4180 wants."""
    [file] = FORMATS["csv"].write(each, exercises)
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file.content.endswith(b"\r\n")
    assert file.content.count(b"\n") == file.content.count(b"\r\n") == len(each) + 1


def test_half_judged(exercises, make):
    """An exercise of which a part could not be judged shows no points: they are not all known yet."""
    linear = exercises["layers/linear"]
    forward, backward = linear.parts
    parts = [make.part(forward, Status.PASSED), make.part(backward, Status.NOT_JUDGED)]
    row = records(
        tables("csv", [make.result("ada", [make.exercise(linear, parts)])], exercises)["grades.csv"]
    )["ada"]
    assert (row["layers/linear"], row["score"], row["open"]) == ("not judged", "2", "4")


def test_an_exercise_that_was_not_graded(exercises, make):
    """A column stays empty for who has no result there, and the score counts what is there."""
    some = {name: exercises[name] for name in list(exercises)[:1]}
    result = make.result("ada", [make.came_out(exercise, Status.PASSED) for exercise in some.values()])
    row = records(tables("csv", [result], exercises)["grades.csv"])["ada"]
    assert [row[name] for name in exercises] == ["6", "", ""]


def test_canvas(each, exercises):
    """The header and the row of points are Canvas's own; only a settled grade is written."""
    files = tables("canvas", each, exercises, Options(assignment="Backprop (4711)"))
    head, points, *rows = files["canvas.csv"]
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Backprop (4711)"]
    assert points == ["    Points Possible", "", "", "", "", "12"]
    grades = {row[3]: row[5] for row in rows}
    assert grades == {
        "s-passed": "12", "s-not_started": "6", "s-blocked": "6", "s-failed": "8", "s-bad_return": "6",
        "s-out_of_memory": "6", "s-timed_out": "6", "s-crashed": "6", "s-not_judged": "",
        "zero": "0", "o-refused": "", "o-not_handed_in": "", "o-not_judged": "",
    }  # fmt: skip
    [zero] = [row for row in rows if row[3] == "zero"]
    assert zero == ["Zoë Zero", "", "", "zero", "", "0"]


def test_canvas_says_why_elsewhere(each, exercises):
    """Whose cell is empty stands in a second table, with the reason, and nobody else does."""
    found = records(tables("canvas", each, exercises)["canvas-without-grade.csv"])
    assert {student: row["outcome"] for student, row in found.items()} == {
        "s-not_judged": "graded",
        "o-refused": "refused",
        "o-not_handed_in": "not handed in",
        "o-not_judged": "not judged",
    }
    reasons = {row["why there is no grade"] for row in found.values()}
    assert len(reasons) == len(found)
    assert "6 of 12 points, and 6 could not be judged (neither earned nor lost)." in reasons


@pytest.mark.parametrize(("identifier", "column"), [("ID", 1), ("SIS User ID", 2), ("SIS Login ID", 3)])
def test_canvas_identifier(each, exercises, identifier, column):
    """The id stands in the column that was asked for, and in no other."""
    *_, row = tables("canvas", each[:1], exercises, Options(identifier=identifier))["canvas.csv"]
    assert [place for place in (1, 2, 3) if row[place]] == [column]


def test_canvas_takes_no_name_for_its_row(exercises, make):
    """No student's name sets the assignment's points."""
    rows = tables("canvas", [make.all_zero(exercises)._replace(name="Points Possible")], exercises)[
        "canvas.csv"
    ]
    assert [place for place, row in enumerate(rows) if "Points Possible" in row[0]] == [1]


def test_moodle(each, exercises):
    """Points, percent and feedback; "-" is Moodle's word for no grade, where an empty cell may become a 0."""
    rows = tables("moodle", each, exercises)["moodle.csv"]
    assert rows[0][0] == "Username"
    assert all(all(row) for row in rows[1:] if row[1])
    found = {row[0]: row[2:4] for row in rows[1:]}
    assert found["s-passed"] == ["12", "100.0"]
    assert found["s-failed"] == ["8", "66.67"]
    assert found["zero"] == ["0", "0.0"]
    for student in ("s-not_judged", "o-refused", "o-not_handed_in", "o-not_judged"):
        assert found[student] == ["-", "-"]
    said = {row[0]: row[4] for row in rows[1:]}
    assert len(set(said.values())) == len(said)
    assert said["s-timed_out"] == "6 of 12 points. Not passed: layers/linear (timed out)."
    assert said["o-refused"] == "Refused: Because of refused."


@pytest.mark.parametrize("name", ["canvas", "moodle"])
def test_no_mark_before_the_first_header(name, each, exercises):
    """The files that programs import start with their header, not with a byte order mark."""
    file = next(iter(FORMATS[name].write(each, exercises)))
    assert file.content[:1].isalpha()


@pytest.mark.parametrize("name", ["csv", "canvas", "moodle"])
def test_hostile(name, evil, exercises):
    """Hostile names make no further rows, no formulas and no control characters."""
    for path, rows in tables(name, evil, exercises).items():
        head, *rest = rows
        assert all(len(row) == len(head) for row in rest), path
        cells = [cell for row in rest for cell in row]
        assert not [cell for cell in cells if cell.strip().startswith(tuple("=+@")) or cell.startswith("-=")]
        assert all(cell.isprintable() for cell in cells)


@pytest.mark.parametrize("name", ["csv", "canvas", "moodle"])
def test_empty_class(name, exercises):
    """A class of nobody is a header, and a class without exercises has no points."""
    first = next(iter(tables(name, [], exercises).values()))
    assert len(first) == (2 if name == "canvas" else 1)
    absent = Result("ada", "", Outcome.NOT_HANDED_IN, "", None)
    assert next(iter(tables(name, [absent], {}).values()))[-1]
