"""What several test modules share: one zygote, a student's worker, one recorded pack, the solutions."""

import contextlib
import os
import sys
import textwrap
import time
from pathlib import Path, PurePosixPath

import pytest

from bpkit.course import catalog
from bpkit.errors import InfrastructureError
from bpkit.judging.patience import Patience
from bpkit.judging.process import Worker, Zygote
from bpkit.reference.pack import open_file
from bpkit.worker import wire

RECORDED = ("layers/linear", "neuron/relu", "neuron/sigmoid", "optimizers/sgd", "optimizers/adam")


# What these share takes long to make: of pytest-xdist's processes, one makes it and runs all the tests of the group.
_GROUPS = (
    {"test_author", "test_author_new"},
    {"test_course"},
    {"test_export"},
    {"test_grade"},
    {"test_gradebook", "test_gradebook_refused"},
    {"test_kill"},
    {"test_live"},
    {"test_plot_board", "test_plot_data", "test_plot_figures"},
    {"test_record"},
    {"test_site"},
    {"test_traps_cells"},
    {"test_traps_class"},
    {"test_traps_run"},
    {"test_wheel"},
)


@pytest.hookimpl(optionalhook=True)  # there is no such hook without pytest-xdist
def pytest_xdist_make_scheduler(config, log):
    """Hand out tests one by one, but keep those of a group together.

    A scheduler of our own, as pytest-xdist 3.8's marks for `--dist loadgroup` do nothing under pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            stem = PurePosixPath(nodeid.partition("::")[0]).stem
            return next((str(sorted(group)) for group in _GROUPS if stem in group), nodeid)

    return Groups(config, log)


class Student:
    """A worker with a student's main.py in it, spoken to over the wire."""

    def __init__(self, worker: Worker):
        self.worker = worker

    def load(self, source, others=None, seconds=10.0):
        """Load main.py, and other files by their path; return the kind of the answer and its value."""
        request = {"module": "main", "files": {"main.py": textwrap.dedent(source), **(others or {})}}
        return self.worker.ask(wire.LOAD, request, seconds)

    def call(self, function, *arguments, seconds=10.0):
        """Call a function of main.py; return the kind of the answer and its value."""
        kind, answer = self.worker.ask(wire.CALL, self.request(function, *arguments), seconds)
        return kind, answer["value"] if kind == wire.RETURNED else answer

    def call_and_leave(self, function, *arguments):
        """Call a function of main.py without waiting for the answer."""
        frame = wire.frame(wire.CALL, 1, wire.encode(self.request(function, *arguments)))
        self.worker._send(frame, Patience(10.0, lambda: 0.0))

    @staticmethod
    def request(function, *arguments):
        """Return a request as the runner makes it."""
        return {
            "function": function,
            "arguments": arguments,
            "keep": None,
            "echo": False,
            "layout": "C",
            "watch": "",
            "hold": False,
        }


@pytest.fixture(scope="session")
def zygote():
    """Keep one zygote for all tests of a process; a test that harms its zygote makes its own."""
    with Zygote(0) as started:
        yield started


@pytest.fixture
def enrol():
    """Return a function that starts a student's worker in a zygote; it is killed after the test."""
    students = []

    def start(zygote):
        students.append(Student(zygote.spawn()))
        return students[-1]

    yield start
    for student in students:
        if student.worker.alive:
            with contextlib.suppress(InfrastructureError):  # where the test has closed the zygote
                student.worker.kill()


@pytest.fixture
def student(zygote, enrol):
    """Return a student's worker in the shared zygote."""
    return enrol(zygote)


@pytest.fixture(scope="session")
def runs():
    """Return a function that tells whether a process runs; one that waits to be reaped does not."""

    def tell(pid):
        try:
            os.kill(pid, 0)
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
        except (ProcessLookupError, FileNotFoundError) as error:
            return isinstance(error, FileNotFoundError) and sys.platform != "linux"

    return tell


@pytest.fixture(scope="session")
def gone(runs):
    """Return a function that tells whether all of these processes have ended, or do so soon."""

    def wait(*pids, seconds=20.0):
        deadline = time.monotonic() + seconds
        while any(map(runs, pids)):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)  # no one tells us when another process's child ends
        return True

    return wait


@pytest.fixture(scope="session")
def solutions():
    """Return the folder with the course's solutions."""
    return Path(__file__).parents[1] / "solutions"


@pytest.fixture(scope="session")
def recorded(zygote, solutions):
    """Return a pack in memory with a few exercises, recorded once."""
    from bpkit.authoring.record import record

    exercises = [catalog.find(exercise_id) for exercise_id in RECORDED]
    return record(exercises, zygote, seed=7, device="cpu", solutions=solutions)


@pytest.fixture(scope="session")
def pack_bytes(recorded):
    """Return the same pack as the bytes of a file."""
    return recorded.to_bytes()


@pytest.fixture(scope="session")
def pack(tmp_path_factory, pack_bytes):
    """Return the same pack opened from a file."""
    path = tmp_path_factory.mktemp("pack") / "course.pack"
    path.write_bytes(pack_bytes)
    return open_file(path)
