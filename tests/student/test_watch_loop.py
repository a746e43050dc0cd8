"""What each event means to `bpkit watch`: which exercise is checked, what is shown, and what ends it."""

import os
import queue
import shutil
import signal
import sys
from collections.abc import Mapping

import pytest

from bpkit.course import catalog, resources
from bpkit.course.spec import Exercise
from bpkit.errors import BadFile
from bpkit.judging.runner import Submission
from bpkit.judging.standing import Hints
from bpkit.judging.verdict import ExerciseVerdict, Status, Verdict
from bpkit.student import watch
from bpkit.student.changes import Changed, Looking, Restored, Vanished
from bpkit.student.checks import Broken, Judged
from bpkit.student.keys import Key, NoKeys
from bpkit.student.signals import Continued, Ended, Resized, Suspended
from bpkit.student.watch import Watch
from bpkit.student.workspace import Workspace

IDS = catalog.ids()
LINEAR, SOFTMAX = catalog.find("layers/linear"), catalog.find("layers/softmax")


class Script:
    """Stands in for view, checker and keys: writes down what is asked of it."""

    def __init__(self):
        self.said = []
        self.number = 0

    def __getattr__(self, name):
        def note(*arguments, **named):
            shown = [getattr(argument, "id", argument) for argument in arguments]
            self.said.append((name, *shown, *named.values()))

        return note

    def start(self, exercise):
        """Begin a check."""
        self.number += 1
        self.said.append(("start", exercise.id))
        return self.number

    def take(self):
        """Return what was asked since the last time."""
        said, self.said = self.said, []
        return said


def verdict(exercise_id, status):
    """Return a verdict without details."""
    return Verdict((ExerciseVerdict(exercise_id, "", status, 0.0, ()),), 0)


class ThisSession:
    """A record that ends with the test."""

    def __init__(self) -> None:
        self._statuses: dict[str, Status] = {}
        self._hints: dict[str, int] = {}

    def statuses(self) -> Mapping[str, Status]:
        """Return how each exercise that was checked came out, by id."""
        return dict(self._statuses)

    def keep(self, verdict: Verdict, submission: Submission) -> None:
        """Note a verdict."""
        del submission
        self._statuses |= {judged.id: judged.status for judged in verdict.exercises}

    def open_hint(self, exercise: Exercise) -> Hints | None:
        """Open the next hint, and return those that are open now; None where the exercise passes."""
        if self._statuses.get(exercise.id) is Status.PASSED:
            return None
        opened = self._hints.get(exercise.id, 0) + 1
        self._hints[exercise.id] = min(opened, len(exercise.hints))
        return Hints(self._hints[exercise.id])


@pytest.fixture
def script():
    """Return what stands in for the rest."""
    return Script()


@pytest.fixture
def place(tmp_path):
    """Return a workspace of stubs."""
    shutil.copytree(resources.exercises(), tmp_path / "workspace")
    return Workspace(tmp_path / "workspace")


@pytest.fixture(params=[False, True], ids=["following", "pinned"])
def pinned(request):
    """Tell whether one exercise was named."""
    return request.param


@pytest.fixture
def loop(place, script, pinned):
    """Return a loop that has begun with the linear layer."""
    begun = Watch(place, LINEAR, script, script, ThisSession(), pinned=pinned)
    begun.begin()
    assert script.take() == [("begin", LINEAR.id, pinned), ("start", LINEAR.id)]
    return begun


def judged(script, exercise_id=LINEAR.id, status=Status.PASSED):
    """Return the verdict of the check that runs."""
    return Judged(script.number, verdict(exercise_id, status), Submission({}), 0.02)


def test_the_order_of_the_course():
    """The next one is the next that has not passed; after the end comes the beginning."""
    assert watch.following(IDS[0], {}) == IDS[1]
    assert watch.following(IDS[0], {IDS[1]: Status.PASSED, IDS[2]: Status.FAILED}) == IDS[2]
    assert watch.following(IDS[-1], {IDS[0]: Status.PASSED}) == IDS[1]
    assert watch.following(IDS[3], dict.fromkeys(IDS, Status.PASSED)) is None
    everything_else = {name: Status.PASSED for name in IDS if name != IDS[3]}
    assert watch.following(IDS[3], everything_else) is None
    assert watch.first({}).id == IDS[0]
    assert watch.first({IDS[0]: Status.PASSED}).id == IDS[1]
    assert watch.first(dict.fromkeys(IDS, Status.PASSED)).id == IDS[0]


def test_which_file_was_saved(loop, script, pinned):
    """Its own file is checked; another exercise's only where none was named, the latest of several."""
    loop.handle(Changed(("layers/linear.py",), ()))
    assert script.take() == [("start", LINEAR.id)]
    loop.handle(Changed(("neuron/relu.py", "layers/softmax.py", "notes.py"), ()))
    assert script.take() == ([] if pinned else [("start", SOFTMAX.id)])
    loop.handle(Changed(("layers/linear.py", "layers/softmax.py"), ()))
    assert script.take() == [("start", LINEAR.id if pinned else SOFTMAX.id)]


def test_what_it_imports(loop, script, place):
    """A helper that it imports checks it again, written or deleted; another does not."""
    (place.root / "layers/linear.py").write_text("import helpers\n")
    loop.handle(Changed(("helpers.py",), ()))
    loop.handle(Changed((), ("helpers.py",)))
    assert script.take() == [("start", LINEAR.id)] * 2
    loop.handle(Changed(("others.py",), ("more.py",)))
    assert script.take() == []


def test_its_file_is_deleted(loop, script):
    """The check ends, it is said, and a verdict that was on its way is not shown."""
    loop.handle(Changed((), ("layers/linear.py",)))
    assert script.take() == [("stop",), ("missing", LINEAR.id)]
    loop.handle(judged(script))
    assert script.take() == []


def test_verdicts(loop, script):
    """A verdict is shown with what comes next, and is kept; one of an older check is neither."""
    loop.handle(judged(script))
    ((name, _, exercise_id, seconds, following),) = script.take()
    assert (name, exercise_id, seconds, following) == ("verdict", LINEAR.id, 0.02, SOFTMAX.id)
    assert loop.record.statuses() == {LINEAR.id: Status.PASSED}
    old = judged(script, status=Status.FAILED)
    loop.handle(Key("\n"))
    script.take()
    loop.handle(old)
    loop.handle(Broken(old.number, ValueError()))
    assert script.take() == []


def test_no_verdict(loop, script):
    """What is wrong with the workspace is told; what is wrong with us is raised."""
    error = BadFile("layers cannot be read.")
    loop.handle(Broken(script.number, error))
    assert script.take() == [("trouble", LINEAR.id, error)]
    loop.handle(Key("r"))
    with pytest.raises(ZeroDivisionError):
        loop.handle(Broken(script.number, ZeroDivisionError()))


def test_a_record_that_cannot_be_written(loop, script):
    """The verdict is shown all the same."""

    class Full(ThisSession):
        def keep(self, *_):
            raise BadFile("The disk is full.")

    loop.record = Full()
    loop.handle(judged(script))
    assert [said[0] for said in script.take()] == ["verdict", "not_kept"]


def test_keys(loop, script):
    """Every key does one thing, as a capital too; the others do nothing."""
    for key in "hH":
        loop.handle(Key(key))
    loop.handle(judged(script))
    assert [said for said in script.take() if said[0] == "hints"] == [
        ("hints", LINEAR.id, Hints(1)), ("hints", LINEAR.id, Hints(2))
    ]  # fmt: skip
    for key in "h?rzé\x1b":
        loop.handle(Key(key))
    assert script.take() == [("hints", LINEAR.id, None), ("help",), ("start", LINEAR.id)]
    loop.handle(Key("l"))
    assert script.take() == [("course", {LINEAR.id: Status.PASSED}, LINEAR.id)]
    loop.handle(Key("n"))
    assert script.take() == [("start", SOFTMAX.id)]
    loop.record.keep(
        Verdict(tuple(verdict(name, Status.PASSED).exercises[0] for name in IDS), 0), Submission({})
    )
    loop.handle(Key("n"))
    assert script.take() == [("no_next",)]


def test_the_folder_goes_and_comes(loop, script):
    """The check ends while there is nothing to check, and begins when there is."""
    loop.handle(Vanished())
    loop.handle(Restored())
    assert script.take() == [("stop",), ("vanished",), ("start", LINEAR.id)]


def test_what_is_only_shown(loop, script):
    """A new size, another program's output, no notifications, no keys."""
    for event in (Resized(), Continued(), Looking("refused", "no space"), NoKeys(hung_up=False)):
        loop.handle(event)
    assert script.take() == [("redraw",), ("redraw",), ("looking", "refused", "no space"), ("no_keys",)]


def test_a_slow_check_is_told_once(loop, script, monkeypatch):
    """Not at once, and not again."""
    monkeypatch.setattr(watch, "_SLOW", 1000.0)
    loop.glance()
    assert script.take() == []
    monkeypatch.setattr(watch, "_SLOW", -1.0)
    loop.glance()
    loop.glance()
    assert script.take() == [("checking", LINEAR.id)]
    loop.handle(judged(script))
    script.take()
    loop.glance()
    assert script.take() == []


@pytest.mark.parametrize(
    ("event", "code"),
    [(Key("q"), 0), (Key("\x04"), 0), (NoKeys(hung_up=True), 0), (Ended(2), 130), (Ended(15), 143)],
    ids=str,
)
def test_ends(loop, script, event, code):
    """Each of these ends it, after what came before."""
    events = queue.SimpleQueue()
    for one in (Key("h"), event, Key("h")):
        events.put(one)
    assert watch.run(loop, events, script, None) == code
    assert [said[0] for said in script.take()] == ["begin", "start", "hints"]


def test_suspended_in_the_middle_of_a_check(loop, script):
    """The check ends before the program stops, the terminal is given back, and it begins anew afterwards."""
    events = queue.SimpleQueue()
    events.put(Suspended())
    events.put(Continued())
    events.put(Key("q"))
    watch.run(loop, events, script, script.stopped_here)
    assert [said[0] for said in script.take()] == [
        "begin", "start", "stop", "pause", "stopped_here", "resume", "redraw", "start", "resume", "redraw"
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_signals_are_events():
    """Signals come as events while this lasts; ignored ones stay ignored."""
    from bpkit.student import signals

    events = queue.SimpleQueue()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    usual = signal.getsignal(signal.SIGINT)
    try:
        with signals.told(events.put):
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGWINCH, signal.SIGTERM):
                os.kill(os.getpid(), number)
        assert [events.get(timeout=10) for _ in range(3)] == [Ended(2), Resized(), Ended(15)]
        assert events.empty()
        assert signal.getsignal(signal.SIGINT) is usual
    finally:
        signal.signal(signal.SIGHUP, before)
