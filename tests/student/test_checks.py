"""Checks in the background: one at a time, the last one counts, and what goes wrong is told."""

import os
import queue
import shutil
import signal
import sys

import pytest

from bpkit.course import catalog, resources
from bpkit.errors import BadPack
from bpkit.judging import process
from bpkit.judging.verdict import Status
from bpkit.student.checks import Broken, Checker, Judged
from bpkit.student.workspace import Workspace

SECONDS = 120
EXERCISE = catalog.find("layers/linear")


@pytest.fixture
def place(tmp_path):
    """Return a workspace of stubs."""
    shutil.copytree(resources.exercises(), tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def launcher():
    """Return a launcher of one's own."""
    return process.start()


@pytest.fixture
def begin(place, launcher):
    """Return a checker and the queue of what it tells."""
    events = queue.SimpleQueue()
    checker = Checker(place, launcher, events.put)
    yield checker, events
    checker.close()


def test_one_after_the_other(begin, place, solutions):
    """Each check has its number, the files as they were, and the proved level."""
    checker, events = begin
    number = checker.start(EXERCISE)
    judged = events.get(timeout=SECONDS)
    assert isinstance(judged, Judged)
    assert (judged.number, judged.verdict.exercises[0].status) == (number, Status.NOT_STARTED)
    shutil.copy(solutions / "layers/linear.py", place.root / "layers/linear.py")
    later = checker.start(EXERCISE)
    judged = events.get(timeout=SECONDS)
    assert later > number
    assert (judged.number, judged.verdict.exercises[0].status) == (later, Status.PASSED)
    assert "layers/linear.py" in judged.submission.files
    assert judged.seconds > 0


def test_the_last_one_counts(begin, place):
    """A check that is overtaken tells nothing, even one that would never end."""
    checker, events = begin
    (place.root / "layers/linear.py").write_text("while True: pass\n")
    for _ in range(5):
        checker.start(EXERCISE)
    last = checker.start(catalog.find("layers/softmax"))
    assert events.get(timeout=SECONDS).number == last
    checker.start(EXERCISE)
    checker.stop()
    last = checker.start(catalog.find("layers/softmax"))
    assert events.get(timeout=SECONDS).number == last
    assert events.empty()


def test_closing_ends_a_check(place, launcher, gone):
    """Closing in the middle of an endless loop waits for no deadline, and leaves no process."""
    (place.root / "layers/linear.py").write_text("while True: pass\n")
    checker = Checker(place, launcher, lambda _: None)
    checker.start(EXERCISE)
    pid = launcher.pid if sys.platform == "linux" else launcher._workers[0].pid
    checker.close()
    assert gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no zygote")
def test_a_launcher_that_died(begin, launcher):
    """Where somebody killed the zygote there is a new one."""
    checker, events = begin
    checker.start(EXERCISE)
    events.get(timeout=SECONDS)
    os.kill(launcher.pid, signal.SIGKILL)
    checker.start(EXERCISE)
    assert isinstance(events.get(timeout=SECONDS), Judged)


def test_a_pack_that_is_damaged_and_mended(begin, place):
    """A pack of its own that is no pack is told; once it is another file it is read again."""
    checker, events = begin
    path = place.root / resources.PACK_NAME
    good = path.read_bytes()
    path.unlink()
    path.write_bytes(b"nonsense")
    number = checker.start(EXERCISE)
    broken = events.get(timeout=SECONDS)
    assert isinstance(broken, Broken)
    assert (broken.number, type(broken.error)) == (number, BadPack)
    path.unlink()
    path.write_bytes(good)
    checker.start(EXERCISE)
    assert isinstance(events.get(timeout=SECONDS), Judged)
