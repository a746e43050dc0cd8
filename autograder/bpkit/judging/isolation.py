"""Proves the isolation level: canaries in a real worker try what each level forbids."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bpkit.errors import InfrastructureError, IsolationTooLow
from bpkit.judging.process import Launcher, WorkerDied
from bpkit.worker import canaries, wire

_SECONDS = 10.0


class Proof(NamedTuple):
    """What the canaries showed. got_through: those that did; missing: why the launcher climbed no higher."""

    level: int
    got_through: tuple[str, ...]
    held: tuple[str, ...]
    missing: str


def prove(launcher: Launcher) -> Proof:
    """Return the level at which a worker is held: below the first level that a canary got through."""
    worker = launcher.spawn()
    try:
        kind, answers = worker.ask(wire.PROBE, {"secret": str(Path(__file__))}, _SECONDS)
    except WorkerDied as died:
        raise InfrastructureError(
            f"The isolation could not be tried: the worker died ({died.death.how})."
        ) from died
    worker.kill()
    if kind != wire.PROBED:  # no student's code has run yet: the canaries themselves have failed
        raise InfrastructureError(
            f"The isolation could not be tried: {answers['type']}: {answers['message']}"
        )
    got_through = tuple(name for name in canaries.LEVELS if answers[name])
    held = tuple(name for name in canaries.LEVELS if not answers[name])
    proved = min((canaries.LEVELS[name] - 1 for name in got_through), default=launcher.claimed)
    return Proof(min(proved, launcher.claimed), got_through, held, launcher.missing)


def require(proof: Proof, least: int) -> None:
    """Raise `IsolationTooLow` where a level is asked for that this machine does not offer."""
    if proof.level < least:
        why = f" What is missing: {proof.missing}." if proof.missing else ""
        raise IsolationTooLow(
            f"Isolation level {least} was asked for, and this machine offers {proof.level}.{why} Run it on Linux 5.13 "
            "or later, outside a container that forbids it, or ask for a lower level; `bpkit doctor` shows each canary."
        )
