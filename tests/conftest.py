"""What several test modules share: one zygote, one recorded pack, and the course's own solutions."""

from pathlib import Path

import pytest
from bpkit.course import catalog
from bpkit.judging.process import Zygote

RECORDED = ("layers/linear", "neuron/relu", "optimizers/sgd", "optimizers/adam")


@pytest.fixture(scope="session")
def zygote():
    """Keep one zygote for all tests of a process; a test that harms its zygote makes its own."""
    with Zygote() as started:
        yield started


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
