"""What one student hands in stops nobody else, what the machine lacks is one sentence, and what a person gave stays."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("nbgrader")

import nbformat
from nbcourse import (
    ANSWER,
    BY_HAND,
    CHECK,
    FAILED,
    FUNCTION,
    POINTS,
    RIGHT,
    Course,
    doubled,
    named,
    role,
    source,
)
from nbformat import v3, v4
from nbgrader import utils

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

# Cells that end nbgrader's whole run: nobody is graded who comes later in the alphabet.
ENDING = {
    "a_function_is_copied": (doubled(FUNCTION),),
    "a_stub_is_copied": (doubled(FUNCTION, "def sgd_step(w, dw, lr):\n    raise NotImplementedError()"),),
    "a_check_is_copied": (doubled(CHECK),),
    "a_function_has_the_name_of_its_check": (role(FUNCTION, grade_id=CHECK),),
    "a_schema_is_of_the_future": (role(CHECK, schema_version=99),),
    "a_schema_is_of_the_past": (role(CHECK, schema_version=1),),
}
IN_PLAIN = ("a_check_is_copied", "a_schema_is_of_the_future")


def of_format_3(notebook):
    """Return the notebook as Jupyter wrote it ten years ago."""
    return json.dumps(v3.convert.upgrade(nbformat.convert(notebook, 3)))


def without_ids(notebook):
    """Return the notebook as tools write it that know no cell ids."""
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]
    return json.dumps(notebook)


def with_bad_ids(notebook):
    """Return a notebook with ids that are no ids, and some twice."""
    for cell, name in zip(notebook.cells, ["a b", 1, "", "x", "x", "x" * 70], strict=False):
        cell["id"] = name
    return json.dumps(notebook)


def with_large_outputs(notebook):
    """Return a notebook with 20 MB of plots."""
    plot = v4.new_output("display_data", data={"image/png": "A" * 10_000_000})
    notebook.cells.append(v4.new_code_cell("plot()", outputs=[plot, plot]))
    return json.dumps(notebook)


def with_half_characters(notebook):
    """Return a notebook with what JSON can spell, and no file can hold."""
    notebook.cells.append(v4.new_markdown_cell("\ud83d"))
    return json.dumps(notebook)


def without_metadata(notebook):
    """Return a notebook with a cell that has none."""
    del notebook.cells[0]["metadata"]
    return json.dumps(notebook)


def with_too_much_code(notebook):
    """Return a notebook that nobody wrote by hand."""
    named(notebook, FUNCTION).source += "\n# and so on" * 20_000
    return json.dumps(notebook)


# What is no notebook as it should be, and what becomes of its score.
BROKEN = {
    "empty_file": (lambda _: "", FAILED),
    "no_json": (lambda notebook: json.dumps(notebook)[:-100], FAILED),
    "nested_deeply": (lambda _: "[" * 100_000, FAILED),
    "a_list": (lambda _: "[]", FAILED),
    "cells_are_texts": (lambda notebook: json.dumps({**notebook, "cells": ["x"]}), FAILED),
    "no_metadata": (without_metadata, FAILED),
    "format_3": (of_format_3, POINTS),
    "without_ids": (without_ids, POINTS),
    "bad_ids": (with_bad_ids, POINTS),
    "large_outputs": (with_large_outputs, POINTS),
    "half_characters": (with_half_characters, POINTS),
    "too_much_code": (with_too_much_code, BY_HAND),
}


@pytest.fixture(scope="module")
def folder(once, template):
    """Return a folder with courses, each graded once: `ours` with everybody, and plain ones with one student each."""

    def fill(folder):
        courses = []
        for name in IN_PLAIN:
            courses.append(template.copied(folder / name, ours=False))
            courses[-1].submit(name, *ENDING[name])
        courses.append(template.copied(folder / "ours"))
        for name, edits in ENDING.items():
            courses[-1].submit(name, *edits)
        for name, (make, _) in BROKEN.items():
            notebook = template.released()
            named(notebook, FUNCTION).source = RIGHT
            courses[-1].submit_text(name, make(notebook))
        for course in courses:
            course.submit("honest")
        with ThreadPoolExecutor() as pool:
            list(pool.map(Course.autograde, courses))

    return once("traps_class", fill)


@pytest.fixture
def everybody(folder):
    """Return the course that ours graded."""
    return Course(folder / "ours")


@pytest.mark.parametrize("name", IN_PLAIN)
def test_one_notebook_ends_plain_nbgraders_run_for_the_class(folder, name):
    """A cell copied by accident is enough: the honest one, next in the alphabet, is not graded."""
    plain = Course(folder / name, ours=False)
    assert plain.ran.code == 1
    assert (plain.mark(name), plain.mark("honest")) == (FAILED, FAILED)


@pytest.mark.parametrize("name", ENDING)
def test_in_ours_such_a_notebook_is_graded_like_any_other(everybody, name):
    """Of two cells with one name the last counts, unless it is the stub."""
    assert everybody.mark(name) == POINTS


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_notebook_is_graded_if_it_can_be_read(everybody, name):
    """And by a person where it can be read and not judged."""
    assert everybody.mark(name) == BROKEN[name][1]


def test_those_that_cannot_be_read_are_named_and_stop_nobody(everybody):
    """At the end of nbgrader's log."""
    assert everybody.ran.code == 1
    assert everybody.mark("honest") == POINTS
    for name, (_, mark) in BROKEN.items():
        said = f"There was an error processing assignment 'optimizers' for student '{name}'"
        assert (said in everybody.ran.log) == (mark == FAILED)


@pytest.mark.parametrize("name", ["without_ids", "bad_ids", "format_3", "half_characters"])
def test_what_comes_out_is_a_valid_notebook(everybody, name):
    """With ids where its format has them, and none where not."""
    nbformat.validate(everybody.graded(name))


def test_too_much_code_is_said_in_the_check_cell(everybody):
    """For the person who has to grade it."""
    cell = named(everybody.graded("too_much_code"), CHECK)
    assert "holds more than 128 KiB of code. A person grades it." in cell.outputs[0].data["text/plain"]


def test_an_assignment_without_bpkits_exercises_is_run_by_nbgrader(template, tmp_path):
    """As usual: with a kernel, which is refused here unless told."""
    course = template.copied(tmp_path / "course")
    course.submit("student", assignment="other")
    refused = course.autograde(assignment="other")
    assert refused.code == 1
    assert "RuntimeError: a kernel was started" in refused.log
    assert course.autograde(assignment="other", KERNELS="1").code == 0
    assert [course.mark("student", cell, "other") for cell in ("sum", "lost")] == [2, 0]


LITTLE_ISOLATION = """
from bpkit.judging import isolation
isolation.prove = lambda _: isolation.Proof(1, (), (), "no Landlock in this kernel")
"""


@pytest.mark.parametrize(
    ("configuration", "said"),
    [
        (
            LITTLE_ISOLATION,
            "Isolation level 2 was asked for, and this machine offers 1. What is missing: no Landlock",
        ),
        ("c.Judge.pack = 'exam.pack'", "There is no pack exam.pack."),
    ],
)
def test_what_the_machine_lacks_is_said_once_and_nobody_is_graded(template, tmp_path, configuration, said):
    """In one line of the log, without a traceback; the next run begins afresh."""
    course = template.copied(tmp_path / "course")
    course.configure(configuration)
    for student in ("one", "two"):
        course.submit(student)
    ran = course.autograde()
    assert ran.code == 1
    [line] = [line for line in ran.log.splitlines() if "bpkit" in line and "ERROR" in line]
    assert said in line
    assert "Traceback" not in ran.log
    assert [course.mark(student) for student in ("one", "two")] == [FAILED, FAILED]


LATE = """
from nbgrader.plugins import BasePlugin
class OnePoint(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 1
c.AssignLatePenalties.plugin_class = OnePoint
"""


def test_late_penalties_and_what_a_person_gave_stay(template, tmp_path):
    """Also when the same, or another, notebook is graded again."""
    course = template.copied(tmp_path / "course")
    course.configure(LATE)
    course.submit("student", source("Because the loss has the 1/N.", ANSWER))
    (course.root / "submitted/student/optimizers/timestamp.txt").write_text("2030-01-02 00:00:00 UTC")
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("optimizers", duedate="2030-01-01 00:00:00 UTC")
    assert course.autograde().code == 0
    assert [course.mark("student", cell) for cell in (CHECK, ANSWER, "own_test")] == [
        POINTS,
        BY_HAND,
        BY_HAND,
    ]
    with course.gradebook() as gradebook:
        for cell, score in ((ANSWER, 2), ("own_test", 1.5), ("own_nan", 0), ("own_float64", 0)):
            grade = gradebook.find_grade(cell, "optimizers", "optimizers", "student")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()
    ran = course.autograde("--force")
    assert ran.code == 0, ran.log
    assert [course.mark("student", cell) for cell in (CHECK, ANSWER, "own_test")] == [POINTS, 2, 1.5]
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission("optimizers", "student")
        assert (submission.score, submission.late_submission_penalty) == (POINTS + 2 + 1.5, 1)


def test_more_or_fewer_points_than_the_exercise_has_are_scaled(template, tmp_path):
    """All is all: an instructor gives the cell's points."""
    course = template.copied(tmp_path / "course")
    with course.gradebook() as gradebook:
        gradebook.find_graded_cell(CHECK, "optimizers", "optimizers").max_score = 10
        cell = named(template.released(), CHECK)
        cell.metadata.nbgrader.points = 10
        source_cell = gradebook.find_source_cell(CHECK, "optimizers", "optimizers")
        source_cell.checksum = utils.compute_checksum(cell)
        gradebook.db.commit()
    course.submit("student")
    course.autograde()
    assert course.mark("student") == 10
