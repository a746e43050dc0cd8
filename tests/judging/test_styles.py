"""Right answers in many styles pass with every point: tests/styles/<chapter>/<exercise>/<style>.py.

Each was written from the exercise's statement, without a look at its solution. Files of other exercises that it imports
are the solutions.
"""

from pathlib import Path

import pytest

from bpkit.course import catalog
from bpkit.judging.judge import judge
from bpkit.judging.runner import Submission
from bpkit.judging.verdict import Status, Verdict
from bpkit.reference.pack import open_file
from bpkit.report import terminal

ROOT = Path(__file__).parents[2]
STYLES = sorted((ROOT / "tests" / "styles").glob("*/*/*.py"))


@pytest.fixture(scope="module")
def course():
    """Return the course's recordings."""
    return open_file(ROOT / "exercises" / "course.pack")


@pytest.fixture(scope="module")
def solved(solutions):
    """Return every solution's text, by its path."""
    return {path.relative_to(solutions).as_posix(): path.read_text() for path in solutions.glob("*/*.py")}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: "-".join(path.with_suffix("").parts[-3:]))
def test_a_right_answer_passes_in_any_style(path, zygote, course, solved):
    """It earns every point, and its report, shown where it does not, is a student's."""
    exercise = catalog.find("/".join(path.parts[-3:-1]))
    files = {**solved, f"{exercise.id}.py": path.read_text()}
    verdict = judge(zygote, Submission(files), exercise, course.load(exercise))
    shown = terminal.render(Verdict((verdict,), 0), {exercise.id: exercise})
    assert (verdict.status, verdict.points) == (Status.PASSED, exercise.points), shown


def test_every_exercise_has_three():
    """So that none is judged by one way to write it."""
    count = dict.fromkeys(catalog.ids(), 0)
    for path in STYLES:
        count["/".join(path.parts[-3:-1])] += 1
    assert {name: number for name, number in count.items() if number < 3} == {}
