"""How changes in a workspace are found: two looks compared, and a watcher that decides when to look."""

import os
import queue

import pytest

from bpkit.student import changes
from bpkit.student.changes import Changed, Looking, Restored, Vanished, Watcher, between, look

SECONDS = 120  # more than any machine needs


@pytest.fixture
def root(tmp_path):
    """Return a small workspace."""
    folder = tmp_path / "workspace"
    for name in ("layers/linear.py", "layers/softmax.py", "neuron/relu.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")
    return folder


@pytest.fixture
def watcher(root):
    """Return a function that starts a watcher and the queue of what it tells."""
    started = []

    def start():
        events = queue.SimpleQueue()
        started.append(Watcher(root, events.put))
        return events

    yield start
    for one in started:
        one.close()


def settled(root):
    """Look twice, so that nothing is fresh."""
    return look(root, look(root))


def test_two_looks(root):
    """Written, new, renamed over, deleted and untouched files are told apart; the latest comes last."""
    before = settled(root)
    assert between(before, look(root, before)) == Changed((), ())
    (root / "layers/linear.py").write_text("x = 2\n")
    os.utime(root / "layers/linear.py", ns=(2 * 10**18, 2 * 10**18))
    (root / "new.py").write_text("")
    os.utime(root / "new.py", ns=(10**18, 10**18))
    (root / "neuron/relu.py").unlink()
    after = look(root, before)
    assert between(before, after) == Changed(("new.py", "layers/linear.py"), ("neuron/relu.py",))


def test_a_second_write_within_a_tick(root):
    """A file that was just written is read again: the clock and the size may be the same."""
    path, before = root / "layers/linear.py", settled(root)
    path.write_text("x = 2\n")
    state = path.stat()
    first = look(root, before)
    path.write_text("x = 3\n")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    second = look(root, first)
    assert between(first, second).saved == ("layers/linear.py",)
    assert between(second, look(root, second)) == Changed((), ())


def test_what_is_not_the_students(root):
    """Hidden folders, virtual environments and files that are not Python are no changes, and are not watched."""
    before = settled(root)
    for folder in (".git", "venv", "layers/__pycache__"):
        (root / folder).mkdir()
        (root / folder / "module.py").write_text("")
    (root / "venv/pyvenv.cfg").write_text("")
    (root / "notes.md").write_text("")
    (root / "layers/.linear.py").write_text("")
    after = look(root, before)
    assert between(before, after) == Changed((), ())
    assert set(after.folders) == {str(root), str(root / "layers"), str(root / "neuron")}


def test_a_watcher_tells(root, watcher):
    """A save, a new folder with a file, then a file in that folder."""
    events = watcher()
    (root / "layers/linear.py").write_text("x = 2\n")
    assert events.get(timeout=SECONDS) == Changed(("layers/linear.py",), ())
    (root / "helpers").mkdir()
    (root / "helpers/names.py").write_text("x = 1\n")
    assert events.get(timeout=SECONDS) == Changed(("helpers/names.py",), ())
    (root / "helpers/names.py").write_text("x = 22\n")
    assert events.get(timeout=SECONDS) == Changed(("helpers/names.py",), ())
    (root / "helpers/names.py").unlink()
    assert events.get(timeout=SECONDS) == Changed((), ("helpers/names.py",))


def test_the_folder_goes_and_comes(root, watcher, tmp_path):
    """The workspace's folder may go away and come back, as another folder of that name."""
    events = watcher()
    root.rename(tmp_path / "elsewhere")
    assert events.get(timeout=SECONDS) == Vanished()
    (root / "layers").mkdir(parents=True)
    (root / "layers/linear.py").write_text("x = 1\n")
    assert events.get(timeout=SECONDS) == Restored()
    (root / "layers/linear.py").write_text("x = 22\n")
    while (event := events.get(timeout=SECONDS)) != Changed(("layers/linear.py",), ()):
        assert isinstance(event, Changed)


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), RuntimeError("inotify"), PermissionError(13, "no")]
)
def test_notifications_that_are_refused(root, watcher, monkeypatch, error):
    """Where the system refuses notifications, the watcher says so and looks."""
    import watchfiles._rust_notify

    def refuse(*_):
        raise error

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", refuse)
    events = watcher()
    assert events.get(timeout=SECONDS) == Looking("refused", str(error))
    (root / "layers/linear.py").write_text("x = 22\n")
    assert events.get(timeout=SECONDS) == Changed(("layers/linear.py",), ())


def test_notifications_that_do_not_come(root, watcher, monkeypatch):
    """Where changes turn up that nobody announced, the watcher looks from then on."""
    import watchfiles._rust_notify

    class Silent:
        def __init__(self, *_):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def watch(self, *limits):
            *_, stop = limits
            return "stop" if stop.wait(0.05) else "timeout"

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", Silent)
    events = watcher()
    told = []
    for number in range(1000):
        (root / "layers/linear.py").write_text(f"x = {number}\n" + "#" * number)
        told.append(events.get(timeout=SECONDS))
        if told[-1] == Looking("silent"):
            break
    assert Looking("silent") in told
    assert set(told) <= {Looking("silent"), Changed(("layers/linear.py",), ())}


@pytest.mark.parametrize(
    ("value", "polls"),
    [(None, False), ("", False), ("false", False), ("Disable", False), ("1", True), ("true", True)],
)
def test_polling_that_is_asked_for(monkeypatch, value, polls):
    """The variable means what it means to watchfiles."""
    monkeypatch.delenv("WATCHFILES_FORCE_POLLING", raising=False)
    if value is not None:
        monkeypatch.setenv("WATCHFILES_FORCE_POLLING", value)
    assert changes._polling_asked_for() is polls
