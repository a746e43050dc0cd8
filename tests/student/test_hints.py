"""Opening hints: one after the other, none where it passes, all where it cannot be kept which are open."""

import pytest

from bpkit.course import catalog
from bpkit.judging.runner import Submission
from bpkit.judging.standing import Found, Hints
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.student import hints, progress
from bpkit.student.watch import Kept
from bpkit.student.workspace import Workspace

LINEAR, SOFTMAX = catalog.find("layers/linear"), catalog.find("layers/softmax")
SOURCE = "def linear_backward(dy, cache): ...\n"


@pytest.fixture
def place(tmp_path):
    """Return a workspace with one file."""
    (tmp_path / "layers").mkdir()
    (tmp_path / "layers/linear.py").write_text(SOURCE)
    return Workspace(tmp_path)


def check(place, status):
    """Keep a check of the linear layer that came out so."""
    found = Finding("values", status, "a batch", "db", "bias-averaged")
    part = PartVerdict("linear_backward", status, 0, 4, (found,))
    judged = ExerciseVerdict(LINEAR.id, LINEAR.title, status, 0.0, (part,))
    progress.record(place, Verdict((judged,), 0), Submission({"layers/linear.py": SOURCE}))


def test_one_after_the_other(place):
    """There are three, with what the last check found; asking again opens none, and looking never does."""
    check(place, Status.FAILED)
    found = Found("linear_backward", "values", "db", "bias-averaged")
    assert hints.read(place, LINEAR) == Hints(0, found, SOURCE)
    assert [hints.open_next(place, LINEAR) for _ in range(4)] == [
        Hints(opened, found, SOURCE, new=new) for opened, new in ((1, True), (2, True), (3, True), (3, False))
    ]
    assert hints.read(place, LINEAR) == Hints(3, found, SOURCE)
    assert hints.open_next(place, SOFTMAX) == Hints(1, new=True)


def test_watch_opens_the_same(place):
    """The key h goes on where the command stopped."""
    check(place, Status.FAILED)
    hints.open_next(place, LINEAR)
    assert Kept(place).open_hint(LINEAR) == hints.read(place, LINEAR)._replace(new=True)
    assert hints.read(place, LINEAR).opened == 2


def test_none_where_it_passes(place):
    """A pass needs no hint; an edit since, which may have broken it, does."""
    check(place, Status.PASSED)
    assert hints.open_next(place, LINEAR) is None
    (place.root / "layers/linear.py").write_text(f"{SOURCE}# again\n")
    assert hints.open_next(place, LINEAR).opened == 1


def test_where_it_cannot_be_kept(place):
    """All are shown then, and why."""
    (place.root / "progress.json").mkdir()
    opened = hints.open_next(place, LINEAR)
    assert (opened.opened, opened.new) == (3, True)
    assert opened.why_not.startswith("All hints, because it cannot be kept which are open. ")
    assert "progress.json" in opened.why_not


@pytest.mark.parametrize("status", Status)
def test_whether_to_offer_one(place, status):
    """Where code does not work yet, as long as one is left; not where nothing is written, or it is not about the code."""
    silent = (Status.PASSED, Status.NOT_STARTED, Status.BLOCKED, Status.NOT_JUDGED)
    assert hints.wanted(place, LINEAR, status) is (status not in silent)
    for _ in range(3):
        hints.open_next(place, LINEAR)
    assert not hints.wanted(place, LINEAR, status)
