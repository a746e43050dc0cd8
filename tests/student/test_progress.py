"""Progress: what is kept of a check, what a damaged file costs, and two processes at once."""

import json
import multiprocessing
import os
import time

import pytest

from bpkit.course import catalog
from bpkit.errors import BadFile
from bpkit.judging.runner import Submission
from bpkit.judging.standing import Found
from bpkit.judging.verdict import ExerciseVerdict, Finding, PartVerdict, Status, Verdict
from bpkit.student import files, progress
from bpkit.student.workspace import Workspace


def judged(name="layers/linear", status=Status.FAILED, *findings, points=0):
    """Return an exercise's verdict about one part."""
    part = PartVerdict("linear_backward", status, points, 6, findings)
    return ExerciseVerdict(name, "", status, 0.1, (part,))


def record(place, *exercises, text="x = 1\n"):
    """Record a check of these."""
    submission = Submission({f"{one.id}.py": text for one in exercises})
    progress.record(place, Verdict(exercises, 0), submission)


@pytest.fixture
def place(tmp_path):
    """Return an empty workspace."""
    return Workspace(tmp_path)


WRONG = Finding("values", Status.FAILED, "a batch", "db", "bias-averaged")


def test_a_check_is_kept(place):
    """An entry tells the points, the mistake and the file that was checked."""
    remark = Finding("float32", Status.PASSED)
    record(place, judged("layers/linear", Status.FAILED, remark, WRONG, points=2))
    entry = progress.read(place).of("layers/linear")
    assert (entry.status, entry.points, entry.max_points, entry.checks) == (Status.FAILED, 2, 6, 1)
    assert entry.found == Found("linear_backward", "values", "db", "bias-averaged")
    assert entry.digest == files.fingerprint(b"x = 1\n")
    assert entry.passed == ""
    assert os.listdir(place.root) == ["progress.json"]  # noqa: PTH208


def test_a_first_pass_stays(place):
    """When it first passed is kept; the mistake goes with the pass."""
    record(place, judged("layers/linear", Status.FAILED, WRONG))
    record(place, judged(status=Status.PASSED, points=6))
    first = progress.read(place).of("layers/linear")
    record(place, judged(status=Status.FAILED))
    last = progress.read(place).of("layers/linear")
    assert first.passed == last.passed == first.checked < last.checked
    assert (first.found, last.checks) == (None, 3)


def test_what_is_not_kept(place):
    """What could not be judged says nothing, and what was not started is no news among others."""
    relu = judged("neuron/relu", Status.NOT_STARTED)
    record(place, judged(), relu, judged("optimizers/sgd", Status.NOT_JUDGED))
    assert list(progress.read(place).entries) == ["layers/linear"]
    record(place, relu)
    assert progress.read(place).last == "neuron/relu"


def test_checked_last(place):
    """Of several that were checked at once, the first that was begun and does not pass."""
    assert progress.read(place).last is None
    record(
        place,
        judged("optimizers/sgd"),
        judged("layers/linear"),
        judged("neuron/relu", Status.PASSED),
    )
    assert progress.read(place).last == "layers/linear"
    record(place, judged("neuron/relu", Status.PASSED))
    assert progress.read(place).last == "neuron/relu"


def test_hints(place):
    """Hints open one at a time, three at the most, and checks leave them open."""
    assert [progress.open_hint(place, "layers/linear") for _ in range(5)] == [1, 2, 3, 3, 3]
    record(place, judged())
    entry = progress.read(place).of("layers/linear")
    assert (entry.hints, entry.checks) == (3, 1)


def test_the_file_is_readable_and_sorted(place):
    """The file can be read by a person, and comes out the same in any order."""
    record(place, judged("optimizers/sgd"), judged("layers/linear"))
    text = (place.root / "progress.json").read_text()
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True) + "\n"
    assert json.loads(text)["schema"] == "bpkit/progress/v1"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"schema": "bpkit/progress/v1"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": 1}',
    ],
)
def test_a_damaged_file(place, content):
    """Damage costs the history and nothing else; what cannot be read is put aside."""
    path = place.root / "progress.json"
    path.write_bytes(content)
    assert progress.read(place).entries == {}
    record(place, judged())
    assert list(progress.read(place).entries) == ["layers/linear"]
    aside = place.root / "progress.json.damaged.txt"
    assert not aside.exists() or aside.read_bytes() == content


@pytest.mark.parametrize(
    "damage",
    [
        {"status": "splendid"}, {"points": "6"}, {"points": -1}, {"hints": 9}, {"checks": None}, {"digest": 1},
        {"points": True}, {"checked": None},
    ],
)  # fmt: skip
def test_a_damaged_entry(place, damage):
    """One entry that makes no sense does not take the others with it."""
    record(place, judged("layers/linear"), judged("optimizers/sgd"))
    path = place.root / "progress.json"
    data = json.loads(path.read_bytes())
    data["exercises"]["layers/linear"] |= damage
    path.write_text(json.dumps(data))
    assert list(progress.read(place).entries) == ["optimizers/sgd"]


@pytest.mark.parametrize("found", ["db", 3, {}, {"part": 1, "check": 2}, []])
def test_a_damaged_mistake(place, found):
    """Where only what was found makes no sense, the rest of the entry stays."""
    record(place, judged("layers/linear", Status.FAILED, WRONG))
    path = place.root / "progress.json"
    data = json.loads(path.read_bytes())
    data["exercises"]["layers/linear"]["found"] = found
    path.write_text(json.dumps(data))
    entry = progress.read(place).of("layers/linear")
    assert (entry.found, entry.checks) == (None, 1)


def test_a_newer_bpkit(place):
    """What a newer bpkit keeps is not written over."""
    path = place.root / "progress.json"
    path.write_text('{"schema": "bpkit/progress/v2"}')
    with pytest.raises(BadFile, match=r"was written by a newer bpkit"):
        record(place, judged())
    assert path.read_text() == '{"schema": "bpkit/progress/v2"}'


def test_where_it_cannot_be_written(tmp_path):
    """A place that takes no files is told by its name."""
    (tmp_path / "file").touch()
    with pytest.raises(BadFile, match=r"progress.json cannot be written: Not a directory"):
        record(Workspace(tmp_path / "file"), judged())


@pytest.mark.parametrize("name", ["exercises", "solutions"])
def test_a_clone_is_nobodys_workspace(tmp_path, name):
    """In a clone's own folders nothing is kept."""
    for folder in ("exercises", "solutions"):
        (tmp_path / folder).mkdir()
    place = Workspace(tmp_path / name)
    record(place, judged())
    assert progress.open_hint(place, "layers/linear") == 0
    assert list(place.root.iterdir()) == []


def check_one(root, name):
    """Record a check and open a hint, in a process of its own."""
    record(Workspace(root), judged(name))
    progress.open_hint(Workspace(root), name)


def test_many_processes_at_once(place):
    """Processes that write at the same time lose nothing of each other's."""
    names = catalog.ids()[:8]
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=check_one, args=(place.root, name)) for name in names]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    entries = progress.read(place).entries
    assert sorted(entries) == sorted(names)
    assert {(entry.checks, entry.hints) for entry in entries.values()} == {(1, 1)}
    assert [path.name for path in place.root.iterdir()] == ["progress.json"]


@pytest.mark.parametrize(("age", "least", "most"), [(0, 0.9, 20), (60, 0, 0.9)])
def test_a_dead_process_leaves_its_lock(place, age, least, most):
    """A lock that nobody takes away holds a check up for a second at the most, and an old one not at all."""
    lock = place.root / ".progress.json.lock"
    lock.touch()
    os.utime(lock, (time.time() - age, time.time() - age))
    began = time.monotonic()
    record(place, judged())
    assert least <= time.monotonic() - began <= most
    assert list(progress.read(place).entries) == ["layers/linear"]


def test_a_workspace_that_was_just_moved_away_is_not_begun_anew(tmp_path):
    """Progress that comes too late writes nothing, and makes no folder."""
    with pytest.raises(FileNotFoundError):
        files.write(tmp_path / "gone" / "progress.json", b"{}")
    assert list(tmp_path.iterdir()) == []
