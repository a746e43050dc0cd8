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


SUBMISSIONS = {name: edits for name, (edits, *_) in EDITS.items()}


@pytest.fixture(scope="module")
def ours(graded):
    """Return the course that ours graded."""
    return graded("traps_cells", SUBMISSIONS)


@pytest.fixture(scope="module")
def plain(graded):
    """Return the same course, graded by plain nbgrader."""
    return graded("traps_cells", SUBMISSIONS, ours=False)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_costs_nothing_in_ours_that_it_need_not(ours, name):
    """Nor does it earn anything."""
    assert ours.mark(name) == EDITS[name][2]


@pytest.mark.parametrize("name", EDITS)
def test_what_an_edit_costs_in_plain_nbgrader(plain, name):
    """Often all points."""
    assert plain.mark(name) == EDITS[name][1]


def test_nobody_fails_in_ours(ours):
    """And a warning is enough of a log."""
    assert ours.ran.code == 0
    assert "ERROR" not in ours.ran.log


def test_an_answer_that_was_deleted_is_no_answer(ours):
    """0 points, and nobody is asked to read it."""
    assert ours.mark("answer_is_deleted", ANSWER) == 0


def test_plain_nbgrader_has_a_person_look_for_an_answer_that_was_deleted(plain):
    """And find none."""
    assert plain.mark("answer_is_deleted", ANSWER) == BY_HAND


def test_an_answers_pictures_stay(ours):
    """And a person reads it."""
    assert ours.mark("answer_has_a_picture", ANSWER) == BY_HAND
    assert named(ours.graded("answer_has_a_picture"), ANSWER).attachments == PICTURE


def test_a_check_that_was_deleted_stands_below_its_function_again(ours):
    """Where the student reads the verdict."""
    names = [
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in ours.graded("check_is_deleted").cells
    ]
    assert names[names.index(FUNCTION) + 1] == CHECK
