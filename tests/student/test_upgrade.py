"""Upgrades and resets: what is replaced, what is left, and that nothing is lost."""

from datetime import UTC, datetime

import pytest

from bpkit.course import resources
from bpkit.student import files, shipped, upgrade, workspace
from bpkit.student.reset import is_needed, reset
from bpkit.student.upgrade import Change

NOW = datetime(2026, 3, 1, 20, 15, 9, tzinfo=UTC)
STUB = '''\
"""Relu"""

import numpy as np


def relu(z):
    """z -> a"""
    # YOUR CODE HERE
    raise NotImplementedError()
    return a
'''
BEGUN = STUB.replace("raise NotImplementedError()", "a = np.maximum(z, 0)")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return a small course's folder, to be made newer."""
    folder = tmp_path / "course"
    (folder / "neuron").mkdir(parents=True)
    for name in ("relu", "tanh", "sigmoid"):
        (folder / f"neuron/{name}.py").write_text(STUB)
    (folder / "neuron/README.md").write_text("lesson 1\n")
    (folder / "course.pack").write_bytes(b"pack 1\r\n")
    monkeypatch.setattr(resources, "exercises", lambda: folder)
    return folder


@pytest.fixture
def place(tmp_path, course):
    """Return a workspace of that course."""
    assert course == resources.exercises()
    workspace.make(tmp_path / "mine")
    return workspace.Workspace(tmp_path / "mine")


def newer(course):
    """Make the course newer: each file but sigmoid's is another one, and one is new."""
    for name in ("relu", "tanh", "new"):
        (course / f"neuron/{name}.py").write_text(STUB.replace("Relu", "Better"))
    (course / "neuron/README.md").write_text("lesson 2\n")
    (course / "course.pack").write_bytes(b"pack 2\r\n")


def content(place):
    """Return every file's bytes."""
    return {
        path.relative_to(place.root).as_posix(): path.read_bytes()
        for path in place.root.rglob("*")
        if path.is_file()
    }


def changes(place):
    """Return what an upgrade would do, by the path."""
    return {step.path: step.change for step in upgrade.plan(place)}


def test_nothing_to_do(place):
    """A workspace of the same course stays as it is."""
    before = content(place)
    assert upgrade.apply(place, upgrade.plan(place), NOW) == ()
    assert content(place) == before


def test_a_newer_course(place, course):
    """What nobody edited is replaced, what is begun is left, what is new comes in."""
    (place.root / "neuron/tanh.py").write_text(BEGUN)
    (place.root / "neuron/sigmoid.py").write_text(BEGUN)  # the course has nothing newer for it
    newer(course)
    before = content(place)
    assert changes(place) == {
        "neuron/relu.py": Change.REPLACE,
        "neuron/tanh.py": Change.LEAVE,
        "neuron/new.py": Change.ADD,
        "neuron/README.md": Change.REPLACE,
        "course.pack": Change.REPLACE,
    }
    assert content(place) == before
    upgrade.apply(place, upgrade.plan(place), NOW)
    after = content(place)
    assert after["neuron/tanh.py"] == BEGUN.encode()
    assert after["course.pack"] == b"pack 2\r\n"
    assert b"Better" in after["neuron/relu.py"]
    assert b"Better" in after["neuron/new.py"]
    assert changes(place) == {"neuron/tanh.py": Change.LEAVE}


def test_edited_lessons_and_packs(place, course):
    """A lesson with notes in it and a pack of one's own are replaced, and kept beside."""
    (place.root / "neuron/README.md").write_text("lesson 1\nmy notes\n")
    (place.root / "course.pack").write_bytes(b"own")
    newer(course)
    done = {step.path: step.copy for step in upgrade.apply(place, upgrade.plan(place), NOW) if step.copy}
    assert done == {
        "neuron/README.md": "neuron/README.md.2026-03-01-201509.txt",
        "course.pack": "course.pack.2026-03-01-201509.txt",
    }
    assert (place.root / done["neuron/README.md"]).read_text() == "lesson 1\nmy notes\n"
    assert (place.root / done["course.pack"]).read_bytes() == b"own"
    assert (place.root / "neuron/README.md").read_text() == "lesson 2\n"


@pytest.mark.parametrize(
    "record", [None, b"", b"[]", b'{"schema": "bpkit/workspace/v1", "files": 3}', b"\xff"]
)
def test_without_a_record(place, course, record):
    """Where it is not known what was written, a stub is one by its looks, and everything replaced is kept."""
    (place.root / ".bpkit.json").unlink()
    if record is not None:
        (place.root / ".bpkit.json").write_bytes(record)
    (place.root / "neuron/tanh.py").write_text(BEGUN)
    newer(course)
    assert changes(place) == {
        "neuron/relu.py": Change.REPLACE_AND_KEEP,
        "neuron/tanh.py": Change.LEAVE,
        "neuron/new.py": Change.ADD,
        "neuron/README.md": Change.REPLACE_AND_KEEP,
        "course.pack": Change.REPLACE_AND_KEEP,
    }
    before = content(place)
    upgrade.apply(place, upgrade.plan(place), NOW)
    assert set(before.values()) - {record} <= set(content(place).values())
    assert changes(place) == {}


def test_exercises_that_went(place, course):
    """A file that the course has no longer stays, and is named."""
    (course / "neuron/tanh.py").unlink()
    assert changes(place) == {"neuron/tanh.py": Change.GONE}
    upgrade.apply(place, upgrade.plan(place), NOW)
    assert (place.root / "neuron/tanh.py").is_file()


def test_windows_line_ends(place, course):
    """A stub that another system's git gave other line ends is still as it was written."""
    path = place.root / "neuron/relu.py"
    path.write_bytes(STUB.replace("\n", "\r\n").encode())
    newer(course)
    assert changes(place)["neuron/relu.py"] is Change.REPLACE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STUB, True),
        (BEGUN, False),
        (STUB + "\n# an idea: where z > 0\n", False),
        (STUB.replace("# YOUR CODE HERE", "a = 1"), False),
        (STUB.replace("    raise NotImplementedError()\n", ""), False),
        (STUB + "\nHALF = 0.5\n", False),
        (STUB + "\n\ndef helper(z):\n    return z\n", False),
        (STUB.replace("relu(z)", "relu(z"), False),
        ("", False),
        ("def f():\n    raise NotImplementedError()\n", True),
    ],
)
def test_what_a_stub_looks_like(tmp_path, text, expected):
    """Any work, were it a comment, makes a file the student's."""
    (tmp_path / "file.py").write_text(text)
    assert upgrade.is_stub(tmp_path / "file.py") is expected


@pytest.mark.parametrize("name", ["layers/linear", "neuron/relu", "optimizers/sgd"])
def test_stubs_of_the_real_course(name):
    """The course's own stubs are recognised."""
    assert upgrade.is_stub(resources.exercises() / f"{name}.py")


def test_reset(place):
    """A reset keeps the old file beside the stub, and the stub is known as one."""
    path = place.root / "neuron/relu.py"
    assert not is_needed(place, "neuron/relu")
    path.write_text(BEGUN)
    assert is_needed(place, "neuron/relu")
    copy = reset(place, "neuron/relu", NOW)
    assert (path.read_text(), copy.read_text()) == (STUB, BEGUN)
    path.unlink()
    assert is_needed(place, "neuron/relu")
    assert reset(place, "neuron/relu", NOW) is None
    assert shipped.read(place.root)["neuron/relu.py"] == files.fingerprint(STUB.encode())
