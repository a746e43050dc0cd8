"""Cells that were deleted, copied or edited: plain nbgrader gives up on many such notebooks, and ours mends them."""

import sys

import pytest

pytest.importorskip("nbgrader")

from nbcourse import (
    ANSWER,
    BY_HAND,
    CHECK,
    FAILED,
    FUNCTION,
    POINTS,
    RIGHT,
    after,
    before,
    deleted,
    named,
    retyped,
    role,
    source,
    stub,
    wrong,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

PICTURE = {"plot.png": {"image/png": "iVBORw0KGgo="}}


def no_dictionary(notebook):
    """Give a cell metadata of nbgrader's that is none."""
    named(notebook, CHECK).metadata.nbgrader = "check"


def pictured(notebook):
    """Answer with a picture."""
    named(notebook, ANSWER).update(source="See ![](attachment:plot.png)", attachments=PICTURE)


# The edits, and what becomes of the exercise's score in plain nbgrader, and in ours.
EDITS = {
    "check_is_deleted": ((deleted(CHECK),), BY_HAND, POINTS),
    "check_is_no_grade_any_more": ((role(CHECK, grade=False),), FAILED, POINTS),
    "check_is_a_solution": ((role(CHECK, solution=True),), FAILED, POINTS),
    "check_has_another_name": ((role(CHECK, grade_id="mine"),), FAILED, POINTS),
    "check_has_no_name": ((role(CHECK, grade_id=None),), FAILED, POINTS),
    "check_has_no_metadata_to_speak_of": ((no_dictionary,), FAILED, POINTS),
    "check_has_points_in_words": ((role(CHECK, points="all"),), FAILED, POINTS),
    "function_has_another_name": ((role(FUNCTION, grade_id="mine"),), FAILED, POINTS),
    # These nbgrader mends itself.
    "check_is_worth_1000": ((role(CHECK, points=1000),), POINTS, POINTS),
    "check_is_unlocked_and_says_3": ((wrong, role(CHECK, locked=False), source("3", CHECK)), 0, 0),
    "check_is_markdown": ((retyped(CHECK, "markdown"),), POINTS, POINTS),
    "function_is_raw_text": ((retyped(FUNCTION, "raw"),), POINTS, POINTS),
    "function_is_deleted_and_elsewhere": ((before(RIGHT), deleted(FUNCTION)), POINTS, POINTS),
    "function_is_below_its_cell": ((stub, after(RIGHT)), POINTS, POINTS),
    "answer_is_deleted": ((deleted(ANSWER),), POINTS, POINTS),
    "answer_has_a_picture": ((pictured,), POINTS, POINTS),
}


@pytest.fixture(scope="module")
def courses(graded_twice):
    """Return the plain course and ours, each graded once."""
    return graded_twice("traps_cells", {name: edits for name, (edits, *_) in EDITS.items()})


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_costs_nothing_in_ours_that_it_need_not(courses, name):
    """Nor does it earn anything."""
    plain, ours = courses
    assert (plain.mark(name), ours.mark(name)) == EDITS[name][1:]


def test_nobody_fails_in_ours(courses):
    """And a warning is enough of a log."""
    _, ours = courses
    assert ours.ran.code == 0
    assert "ERROR" not in ours.ran.log


def test_an_answer_that_was_deleted_is_no_answer(courses):
    """0 points, and nobody is asked to read it; plain nbgrader has a person look for it."""
    plain, ours = (course.mark("answer_is_deleted", ANSWER) for course in courses)
    assert (plain, ours) == (BY_HAND, 0)


def test_an_answers_pictures_stay(courses):
    """And a person reads it."""
    _, ours = courses
    assert ours.mark("answer_has_a_picture", ANSWER) == BY_HAND
    assert named(ours.graded("answer_has_a_picture"), ANSWER).attachments == PICTURE


def test_a_check_that_was_deleted_stands_below_its_function_again(courses):
    """Where the student reads the verdict."""
    _, ours = courses
    names = [
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in ours.graded("check_is_deleted").cells
    ]
    assert names[names.index(FUNCTION) + 1] == CHECK
