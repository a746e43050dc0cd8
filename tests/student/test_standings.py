"""How exercises stand: told from the files and the progress."""

import pytest

from bpkit.course import catalog
from bpkit.judging.runner import Submission
from bpkit.judging.standing import State
from bpkit.judging.verdict import ExerciseVerdict, PartVerdict, Status, Verdict
from bpkit.student import progress, shipped, standings, workspace

NAME = "layers/linear"


@pytest.fixture
def place(tmp_path):
    """Return a new workspace."""
    workspace.make(tmp_path)
    return workspace.at(tmp_path)


def checked(place, status, points=0):
    """Record a check of the file as it is."""
    part = PartVerdict("linear_backward", status, points, 6, ())
    verdict = Verdict((ExerciseVerdict(NAME, "", status, 0.1, (part,)),), 0)
    text = (place.root / f"{NAME}.py").read_text()
    progress.record(place, verdict, Submission({f"{NAME}.py": text}))


def stands(place):
    """Return the state and the points."""
    found = standings.read(place)[NAME]
    return found.state, found.points


def test_from_the_first_to_the_last(place):
    """Each step of a student's way shows."""
    path = place.root / f"{NAME}.py"
    assert stands(place) == (State.NOT_STARTED, 0)
    path.write_text("y = 1\n")
    assert stands(place) == (State.BEGUN, 0)
    checked(place, Status.FAILED, 2)
    assert stands(place) == (State.FAILED, 2)
    path.write_text("y = 2\n")
    assert stands(place) == (State.CHANGED, 0)
    checked(place, Status.PASSED, 6)
    assert stands(place) == (State.PASSED, 6)
    path.write_bytes(b"y = 2\r\n")
    assert stands(place) == (State.PASSED, 6)  # another editor, the same text
    path.unlink()
    assert stands(place) == (State.MISSING, 0)
    workspace.make(place.root)
    assert stands(place) == (State.NOT_STARTED, 0)
    assert standings.read(place)[NAME].passed


def test_a_check_of_a_stub(place):
    """A stub that was checked is not started; an older course's stub is none that was begun."""
    checked(place, Status.NOT_STARTED)
    assert stands(place) == (State.NOT_STARTED, 0)
    old = b"raise NotImplementedError\n"
    (place.root / f"{NAME}.py").write_bytes(old)
    assert stands(place) == (State.CHANGED, 0)
    shipped.add(place.root, {f"{NAME}.py": workspace.files.fingerprint(old)})
    assert stands(place) == (State.NOT_STARTED, 0)


def test_every_exercise_in_order(place):
    """Standings come in the course's order, and the first open one is next."""
    found = standings.read(place)
    assert tuple(found) == catalog.ids()
    assert standings.upcoming(found).exercise.id == catalog.ids()[0]
    passed = {name: standing._replace(state=State.PASSED) for name, standing in found.items()}
    assert standings.upcoming(passed) is None
    passed[NAME] = found[NAME]
    assert standings.upcoming(passed).exercise.id == NAME


def test_what_waits_for_what(place, monkeypatch):
    """An exercise that uses another one's functions waits until that passes."""
    plain = catalog.find

    def find(name):
        return plain(name)._replace(needs=(NAME,)) if name == "layers/softmax" else plain(name)

    monkeypatch.setattr(catalog, "find", find)
    assert standings.read(place)["layers/softmax"].waits_for == (NAME,)
    checked(place, Status.PASSED, 6)
    assert standings.read(place)["layers/softmax"].waits_for == ()
