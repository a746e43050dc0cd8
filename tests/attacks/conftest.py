"""What the attacks' tests share: a place for each run, and the level that this machine offers."""

import ctypes
import sys

import arena
import pytest

from bpkit.judging import isolation
from bpkit.judging.process import Zygote

PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture(scope="session", autouse=True)
def orphans_are_ours():
    """Make processes that outlive their parents children of this one, so that none escapes the count."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@pytest.fixture(scope="session")
def offered():
    """Return the proof of the highest level that this machine offers."""
    with Zygote() as zygote:
        return isolation.prove(zygote)


@pytest.fixture
def at(offered):
    """Return a function that skips the test where a level is not to be had here."""

    def need(level):
        if offered.level < level:
            pytest.skip(
                f"this machine offers level {offered.level}: {offered.missing or 'a canary got through'}"
            )
        return level

    return need


@pytest.fixture(scope="session")
def stage(tmp_path_factory):
    """Return graders that are used again and again, so that what one attack leaves behind would show in the next."""
    graders = arena.Stage(tmp_path_factory.mktemp("stage"))
    yield graders
    graders.close()
