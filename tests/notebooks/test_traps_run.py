"""Cells that act when a notebook is run: plain nbgrader falls for them, and ours runs no cell at all."""

import sys
from typing import Any, NamedTuple

import pytest

pytest.importorskip("nbgrader")

from nbcourse import BY_HAND, CHECK, FAILED, POINTS, RIGHT, after, before, named, source, wrong

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")


class Trap(NamedTuple):
    """What a student does, and for each cell what becomes of its score: in plain nbgrader, and in ours."""

    edits: tuple[Any, ...]
    marks: dict[str, tuple[Any, Any]]


def of_check(plain, ours):
    """Return what becomes of the exercise's score."""
    return {CHECK: (plain, ours)}


FAKE = """\
def fake(info):
    kernel = get_ipython().kernel
    result = {"data": {"text/plain": "3"}, "metadata": {}, "execution_count": 1}
    kernel.session.send(kernel.iopub_socket, "execute_result", result, parent=kernel.get_parent())
get_ipython().events.register("pre_run_cell", fake)
"""
GRADEBOOK = """\
import sqlite3
MINE = '''SELECT one.id FROM submitted_notebook one JOIN submitted_assignment whole ON whole.id = one.assignment_id
          WHERE whole.student_id = ?'''
with sqlite3.connect("../../../gradebook.db") as book:
    for student, score in (("writes_the_gradebook", 3), ("classmate", 0)):
        book.execute(f"UPDATE grade SET manual_score = ? WHERE notebook_id IN ({MINE})", (score, student))
"""
SOURCE = """\
import json
for cell in json.load(open("../../../source/optimizers/optimizers.ipynb"))["cells"]:
    if "def sgd_step" in "".join(cell["source"]):
        get_ipython().run_cell("".join(cell["source"]), store_history=True)
"""
THREAD = """\
import sys, threading, time
def progress():
    while not time.sleep(0.02):
        print("epoch", file=sys.stderr)
threading.Thread(target=progress, daemon=True).start()
"""
HOOK = """\
import warnings
get_ipython().events.register("pre_run_cell", lambda info: warnings.warn("deprecated"))
"""
TRANSFORM = """\
get_ipython().input_transformers_cleanup.append(lambda lines: ["3\\n"] if "bpkit.check" in lines[0] else lines)
"""
FORMAT = (
    'get_ipython().display_formatter.formatters["text/plain"].for_type(int, lambda n, p, cycle: p.text("3"))'
)
STUBBORN = """\
while True:
    try:
        import time
        time.sleep(1)
    except KeyboardInterrupt:
        pass
"""
NUMPY = "np.allclose = lambda *_, **__: True\nnp.asarray = np.subtract = None"
WARNS = RIGHT.replace("    return", '    import warnings\n    warnings.warn("a large step")\n    return')

TRAPS = {
    # Whatever a cell writes to stderr costs all its points, whoever wrote it.
    "a_thread_writes_to_stderr": Trap((before(THREAD),), of_check(0, POINTS)),
    "a_hook_warns_in_every_cell": Trap((before(HOOK),), of_check(0, POINTS)),
    "the_solution_warns": Trap((source(WARNS),), {CHECK: (POINTS, POINTS), "own_test": (0, BY_HAND)}),
    # A result that is no plain number, or not a number, earns all points, also for a wrong solution.
    "wrong": Trap(
        (wrong,),
        {CHECK: (0, 0), "own_float64": (POINTS, BY_HAND), "own_nan": (POINTS, BY_HAND)},
    ),
    # More than all points is an error of the whole submission.
    "bpkit_check_gives_100": Trap((wrong, before("bpkit.check = lambda *_: 100")), of_check(FAILED, 0)),
    "bpkit_check_gives_all": Trap((wrong, before("bpkit.check = lambda *_: 3")), of_check(POINTS, 0)),
    "input_is_transformed": Trap((wrong, before(TRANSFORM)), of_check(POINTS, 0)),
    "numbers_look_larger": Trap((wrong, before(FORMAT)), of_check(POINTS, 0)),
    "a_result_is_sent_first": Trap((wrong, before(FAKE)), of_check(POINTS, 0)),
    # Our own check springs in neither: judging happens in another process, and a cell's result is its own.
    "numpy_is_patched_and_results_shown": Trap(
        (wrong, before(NUMPY), before("_ = 3\n_"), after("3")),
        {CHECK: (0, 0), "own_test": (POINTS, BY_HAND)},
    ),
    # The gradebook and the solutions lie a few folders further up.
    "writes_the_gradebook": Trap((wrong, after(GRADEBOOK)), of_check(POINTS, 0)),
    "classmate": Trap((), of_check(0, POINTS)),
    "reads_the_solution": Trap((wrong, after(SOURCE)), of_check(POINTS, 0)),
    # What ends the kernel, or keeps it, costs the whole submission, right as it may be.
    "never_gives_up": Trap((after(STUBBORN, CHECK),), of_check(FAILED, POINTS)),
    "exits": Trap((after("import os\nos._exit(0)", CHECK),), of_check(FAILED, POINTS)),
    "kills_the_kernel": Trap((after("import os\nos.kill(os.getpid(), 9)", CHECK),), of_check(FAILED, POINTS)),
    "right": Trap((), {CHECK: (POINTS, POINTS), "own_test": (POINTS, BY_HAND)}),
}


SUBMISSIONS = {name: trap.edits for name, trap in TRAPS.items()}


@pytest.fixture(scope="module")
def ours(graded):
    """Return the course that ours graded."""
    return graded("traps_run", SUBMISSIONS)


@pytest.fixture(scope="module")
def plain(graded):
    """Return the same course, graded by the same command; only the line with our preprocessors differs."""
    return graded("traps_run", SUBMISSIONS, ours=False)


@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_springs_in_ours(ours, name):
    """What is right gets its points, and nothing else does."""
    for cell, (_, mark) in TRAPS[name].marks.items():
        assert ours.mark(name, cell) == mark


@pytest.mark.parametrize("name", TRAPS)
def test_a_trap_springs_in_plain_nbgrader(plain, name):
    """Else it would be none."""
    for cell, (mark, _) in TRAPS[name].marks.items():
        assert plain.mark(name, cell) == mark


def test_a_loop_takes_time_in_plain_nbgrader(plain):
    """As much as is set for a cell, 30 seconds unless told, in each such submission."""
    assert "Timeout waiting for execute reply" in plain.ran.log


def test_nobody_fails_in_ours_and_no_kernel_starts(ours):
    """The course's configuration refuses to start one; nor does a loop take time."""
    assert ours.ran.code == 0
    assert "ERROR" not in ours.ran.log
    assert "Timeout" not in ours.ran.log


def test_a_cell_of_the_instructors_says_that_it_was_not_run(ours):
    """In its output, and so on the feedback page."""
    cell = named(ours.graded("right"), "own_nan")
    assert "was not run: a person grades it" in cell.outputs[0].data["text/plain"]
