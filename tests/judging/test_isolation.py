"""The isolation level is what canaries in a real worker show, not what the machinery claims."""

import sys

import pytest

from bpkit.errors import InfrastructureError, IsolationTooLow
from bpkit.judging import isolation
from bpkit.judging.isolation import Proof
from bpkit.judging.process import HIGHEST, Death, WorkerDied, Zygote
from bpkit.worker import wire
from bpkit.worker.canaries import LEVELS

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the levels are Linux's")


class Worker:
    """Stands in for a worker; its canaries get through as told."""

    def __init__(self, got_through, dies=False, raises=""):
        self.got_through, self.dies, self.raises = got_through, dies, raises

    def ask(self, kind, request, seconds):
        """Answer a probe."""
        del request, seconds
        assert kind == wire.PROBE
        if self.dies:
            raise WorkerDied(Death("exit", 97))
        if self.raises:
            return wire.RAISED, {"type": self.raises, "message": "told why"}
        return wire.PROBED, {name: name in self.got_through for name in LEVELS}

    def kill(self):
        """End."""


class Boaster:
    """Stands in for what starts workers, and claims a level whatever they are held at."""

    missing = ""

    def __init__(self, claimed, spawn):
        self.claimed, self.spawn = claimed, spawn


@LINUX
@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_each_level_holds_its_canaries_and_no_more(level):
    """At each level exactly the canaries of that level and of those below it are held."""
    with Zygote(most=level) as zygote:
        proof = isolation.prove(zygote)
    if proof.level < level and proof.missing:
        pytest.skip(proof.missing)
    assert proof.held == tuple(name for name, needs in LEVELS.items() if needs <= level)
    assert proof.got_through == tuple(name for name, needs in LEVELS.items() if needs > level)
    assert (proof.level, proof.missing) == (level, "")


@LINUX
@pytest.mark.parametrize("level", range(HIGHEST))
def test_a_claim_that_a_real_worker_refutes_is_lowered(level):
    """A zygote that claims the highest level and holds its workers at a lower one is found out."""
    with Zygote(most=level) as zygote:
        zygote.spawn().kill()  # it says its level now
        reached = zygote.claimed
        proof = isolation.prove(Boaster(HIGHEST, zygote.spawn))
    assert proof.level == reached


@pytest.mark.parametrize(("canary", "level"), LEVELS.items())
def test_one_canary_that_gets_through_is_enough(canary, level):
    """Whatever else is held, the level is below that of the lowest canary that got through."""
    proof = isolation.prove(Boaster(HIGHEST, lambda: Worker({canary})))
    assert proof == Proof(level - 1, (canary,), tuple(name for name in LEVELS if name != canary), "")


def test_the_lowest_of_several_counts():
    """A hole in level 1 is not made up for by level 3."""
    proof = isolation.prove(Boaster(HIGHEST, lambda: Worker({"see other processes", "fork"})))
    assert proof.level == 0


@pytest.mark.parametrize("claimed", range(HIGHEST + 1))
def test_what_is_held_by_chance_is_no_higher_level(claimed):
    """Where every canary is held, the level is still no higher than what was set up."""
    assert isolation.prove(Boaster(claimed, lambda: Worker(set()))).level == claimed


def test_a_worker_that_dies_of_its_canaries_proves_nothing():
    """Without an answer there is no level, but an error of the machinery."""
    with pytest.raises(InfrastructureError, match="could not be tried") as raised:
        isolation.prove(Boaster(HIGHEST, lambda: Worker(set(), dies=True)))
    assert raised.value.exit_code == 3


def test_canaries_that_fail_prove_nothing():
    """Where trying them raises, there is no level, and the error says what was raised."""
    with pytest.raises(InfrastructureError, match="could not be tried: MemoryError: told why"):
        isolation.prove(Boaster(HIGHEST, lambda: Worker(set(), raises="MemoryError")))


def test_every_level_has_a_canary():
    """No level is taken on trust."""
    assert set(LEVELS.values()) == set(range(1, HIGHEST + 1))


@pytest.mark.parametrize("level", range(HIGHEST + 1))
def test_enough_is_enough(level):
    """A level that is reached or surpassed is accepted."""
    for least in range(level + 1):
        isolation.require(Proof(level, (), (), ""), least)


@pytest.mark.parametrize(("level", "least"), [(0, 1), (1, 2), (1, 3), (2, 3)])
def test_too_little_is_refused_with_the_reason(level, least):
    """Below what was asked for, the error says both levels and what is missing here, and has an exit code of its own."""
    with pytest.raises(IsolationTooLow) as raised:
        isolation.require(Proof(level, (), (), "level 3: no namespaces (unshare: not permitted)"), least)
    said = str(raised.value)
    assert raised.value.exit_code == 4
    assert f"level {least} was asked for, and this machine offers {level}." in said
    assert "What is missing: level 3: no namespaces (unshare: not permitted)." in said
    assert "bpkit doctor" in said
