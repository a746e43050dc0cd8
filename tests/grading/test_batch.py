"""What a run does with submissions: grades what changed, survives killed jobs, and stops for nobody."""

import json
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from bpkit.errors import IsolationTooLow
from bpkit.grading import batch
from bpkit.grading.batch import Pool, Step
from bpkit.grading.handed import Handed
from bpkit.grading.job import Task
from bpkit.grading.ledger import Ledger
from bpkit.report.results import Outcome

TASK = Task("digest", ("layers/linear",), 2)
VERDICT = json.dumps({"schema": "bpkit/verdict/v1", "score": 6})
GOOD = (Outcome.GRADED, "", VERDICT)


class Plan(Executor):
    """An executor that answers as planned, by the text of a submission's file; it notes what it was given."""

    def __init__(self, plan, seen):
        self.plan, self.seen = plan, seen
        self.broken = False

    def submit(self, function, task, pack, files):
        """Answer at once; a submission that kills breaks the executor for all that come after it."""
        del function
        if self.broken:
            raise BrokenExecutor
        (text,) = files.values()
        self.seen.append((task, pack, text))
        future = Future()
        answer = self.plan.get(text, GOOD)
        if isinstance(answer, BaseException):
            self.broken = self.broken or isinstance(answer, BrokenExecutor)
            future.set_exception(answer)
        else:
            future.set_result(answer)
        return future


class Class:
    """A class of students that is graded again and again."""

    def __init__(self, folder):
        self.folder, self.plan, self.seen, self.opened = folder, {}, [], 0

    def open(self):
        """Return a new executor."""
        self.opened += 1
        return Plan(self.plan, self.seen)

    def grade(self, *handed, task=TASK, window=3, **options):
        """Grade; return the steps by student."""
        with Ledger(self.folder) as book:
            steps = list(batch.run(handed, book, task, Pool(self.open, window, "a.pack"), **options))
            self.results = {result.student: result for result in book.results()}
        assert len({step.student for step in steps}) == len(steps) == len(handed)
        return {step.student: step for step in steps}


@pytest.fixture
def course(tmp_path):
    """Return a class."""
    return Class(tmp_path)


def handed(student, text="fine", **more):
    """Return a submission of one file."""
    return Handed(student, files={"layers/linear.py": text}, **more)


def test_each_is_graded_once(course):
    """A second run grades nothing again."""
    students = [handed(f"s{number}") for number in range(20)]
    first = course.grade(*students)
    assert all(step == Step(student, Outcome.GRADED, True) for student, step in first.items())
    assert (len(course.seen), course.seen[0]) == (20, (TASK, "a.pack", "fine"))
    assert not any(step.graded for step in course.grade(*students).values())
    assert (len(course.seen), len(course.results), course.opened) == (20, 20, 1)


@pytest.mark.parametrize(
    ("change", "options"),
    [
        ({"text": "changed"}, {}),
        ({}, {"task": TASK._replace(pack_digest="other")}),
        ({}, {"task": TASK._replace(exercises=("layers/linear", "neuron/relu"))}),
        ({}, {"regrade": True}),
    ],
)
def test_what_changed_is_graded_again(course, change, options):
    """Other files, another pack, other exercises, or being told to: all are graded again, and only these."""
    course.grade(handed("a"), handed("b"))
    again = course.grade(handed("a", **change), handed("b"), **options)
    assert again["a"].graded
    assert again["b"].graded is bool(options)


def test_what_was_not_judged_is_graded_again(course):
    """A fault of the machine's is tried again by the next run."""
    course.plan["fine"] = (Outcome.NOT_JUDGED, "broken", "")
    assert course.grade(handed("a"))["a"].outcome is Outcome.NOT_JUDGED
    course.plan.clear()
    assert course.grade(handed("a"))["a"] == Step("a", Outcome.GRADED, True)


def test_a_refused_submission_stops_no_other(course):
    """It is written with its sentence; once it is mended it is graded."""
    steps = course.grade(handed("a"), Handed("b", refused="It is no archive."), handed("c"))
    assert steps["b"] == Step("b", Outcome.REFUSED, False)
    assert course.results["b"].why == "It is no archive."
    assert course.grade(handed("b"))["b"] == Step("b", Outcome.GRADED, True)
    assert course.grade(Handed("b", refused="Now it is damaged."))["b"].outcome is Outcome.REFUSED


def test_a_name_that_came_later(course):
    """A roster that is named in a second run gives names without grading anything again."""
    course.grade(handed("a"))
    assert not course.grade(handed("a", name="Anna"))["a"].graded
    assert course.results["a"].name == "Anna"
    course.grade(handed("a"))
    assert course.results["a"].name == "Anna"


@pytest.mark.parametrize("window", [1, 3, 8, 50])
def test_a_submission_that_kills_its_job(course, window):
    """It alone is not judged; those that were in flight with it are graded all the same."""
    course.plan["deadly"] = BrokenExecutor("killed")
    students = [handed(f"s{number:02}", "deadly" if number in (4, 11) else "fine") for number in range(20)]
    steps = course.grade(*students, window=window)
    not_judged = {student for student, step in steps.items() if step.outcome is Outcome.NOT_JUDGED}
    assert not_judged == {"s04", "s11"}
    assert "was killed, twice" in course.results["s04"].why
    assert sum(step.outcome is Outcome.GRADED for step in steps.values()) == 18


def test_a_fault_of_ours_costs_one_submission(course):
    """An exception that nobody foresaw is written down, and the run goes on."""
    course.plan["strange"] = ZeroDivisionError("by zero")
    steps = course.grade(handed("a", "strange"), handed("b"))
    assert (steps["a"].outcome, steps["b"].outcome) == (Outcome.NOT_JUDGED, Outcome.GRADED)
    assert "bpkit itself failed (ZeroDivisionError: by zero)" in course.results["a"].why


def test_too_little_isolation_stops_the_run(course):
    """What is wrong with the machine is wrong for everybody: nobody is graded."""
    course.plan["fine"] = IsolationTooLow("level 0")
    with pytest.raises(IsolationTooLow), Ledger(course.folder) as book:
        list(batch.run([handed("a")], book, TASK, Pool(course.open, 3, "")))
    with Ledger(course.folder) as book:
        assert len(book.results()) == 0


def test_no_more_in_flight_than_the_window(course):
    """Submissions are taken in as others are done, so that memory does not grow with the class."""
    taken = []

    def submissions():
        for number in range(30):
            taken.append(number)
            yield handed(f"s{number:02}")

    with Ledger(course.folder) as book:
        for done, _ in enumerate(batch.run(submissions(), book, TASK, Pool(course.open, 4, ""))):
            assert len(taken) <= done + 1 + 4 + 1


def test_the_absent_are_noted(course):
    """Who handed in nothing is noted, unless something of theirs was graded before; handing in replaces it."""
    course.grade(handed("a"))
    with Ledger(course.folder) as book:
        steps = list(batch.note_absent([("a", "Anna"), ("z", "Zoë")], book))
        assert steps == [Step("z", Outcome.NOT_HANDED_IN, False)]
        assert book.results()[1].why == "Nothing was handed in."
    assert course.grade(handed("z"))["z"] == Step("z", Outcome.GRADED, True)
