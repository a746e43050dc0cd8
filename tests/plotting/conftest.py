"""What the tests of pictures share: the solutions as a student's files, changed where a test wants it, and series."""

import functools

import pytest

from bpkit.judging.runner import Submission
from bpkit.plotting import data
from bpkit.plotting.functions import Functions
from bpkit.student import workspace


@pytest.fixture
def few(monkeypatch):
    """Take fewer steps than a picture wants."""
    for name, steps in {
        "_STEPS": 12,
        "_DEEP_STEPS": 3,
        "_BOWL_STEPS": 9,
        "_SADDLE_STEPS": 9,
        "_GRID": 5,
    }.items():
        monkeypatch.setattr(data, name, steps)


@pytest.fixture(scope="session")
def solved(solutions):
    """Return the solutions' files by their path, without training/fit."""
    files = workspace.read(workspace.Workspace(solutions)).files
    return {path: text for path, text in files.items() if path != "training/fit.py"}


@pytest.fixture
def student(zygote, solved):
    """Return a function that gives a student's functions: the solutions with other files in some places."""
    opened = []

    def enter(changed=None, *, only=False, patience=30.0):
        files = {**({} if only else solved), **(changed or {})}
        opened.append(Functions(zygote, Submission(files), patience))
        return opened[-1]

    yield enter
    for functions in opened:
        functions.__exit__()


@pytest.fixture(scope="session")
def drawn(zygote, solved):
    """Return a function that gives the whole series of a kind, from the solutions."""

    @functools.cache
    def ask(kind):
        with Functions(zygote, Submission(solved)) as functions:
            return data.KINDS[kind](functions, frozenset())

    return ask
