"""What the tests share that grade with nbgrader: one course, made once for all of pytest-xdist's processes."""

import os
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # not on Windows, where nothing is graded
    fcntl = None


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Return a function that has a folder made, by whichever of pytest-xdist's processes comes first."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name, fill):
        folder = root / name
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                unfinished = root / f"{name}.{os.getpid()}"
                unfinished.mkdir()
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def template(once):
    """Return a course with assignments `optimizers` and `other`, both released. To be copied only."""
    from nbcourse import Course

    from bpkit.course import catalog
    from bpkit.notebooks import course

    solutions = Path(__file__).parents[2] / "solutions"

    def fill(folder):
        chosen = [catalog.find("optimizers/sgd")]
        Course(folder).make(lambda root: course.init(root, chosen, solutions))

    return Course(once("template", fill))


@pytest.fixture(scope="session")
def graded(once, template):
    """Return a function that has a class graded, by ours or by plain nbgrader; it gives the course."""
    from nbcourse import Course

    def grade(name, submissions, *, ours=True):
        def fill(folder):
            course = template.copied(folder / "course", ours=ours)
            for student, edits in submissions.items():
                course.submit(student, *edits)
            course.autograde()

        if not ours and not os.environ.get("BPKIT_TRAPS"):
            pytest.skip("`make traps` runs plain nbgrader, too")
        return Course(once(f"{name}_{'ours' if ours else 'plain'}", fill) / "course", ours=ours)

    return grade


@pytest.fixture(scope="session")
def two_assignments(once):
    """Return a course with the assignments layers and losses. To be copied only."""
    from two_chapters import make

    return once("two_chapters", make)


@pytest.fixture
def results(tmp_path):
    """Return a function that writes a class's results to a ledger, and gives its folder."""
    from class_of_six import ALL

    from bpkit.grading.ledger import Ledger

    def enter(rows=ALL):
        with Ledger(tmp_path / "results") as ledger:
            for student, (name, outcome, verdict) in rows.items():
                ledger.write(student, name, "key", outcome, "", verdict)
        return tmp_path / "results"

    return enter
