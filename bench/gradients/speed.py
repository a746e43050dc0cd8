"""Times of the four checks on right code, taken in turn in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from bpkit.judging import gradient
from gradients import checkers
from gradients.checkers import Overheard, Pair
from gradients.examples import SEVEN, Operation
from gradients.figures import Figure, at_most

FORWARDS, OF_CS231N, OF_FAST = 12, 1 / 15, 2 / 3  # the aims
CHECKS = ("ours", "CS231n", "slow", "fast")
REPETITIONS = {"ours": 15, "CS231n": 5, "slow": 3, "fast": 15}
QUICK = {"ours": 5, "CS231n": 1, "slow": 1, "fast": 5}


class Row(NamedTuple):
    """What was measured of one operation: times in ms and largest relative errors, by check."""

    elements: int
    forwards: int
    times: dict[str, float]
    errors: dict[str, float]

    def over(self, check: str) -> float:
        """Return our time over that of another check."""
        return self.times["ours"] / self.times[check]


def measure(*, quick: bool) -> Iterator[Figure]:
    """Print a line for each operation and yield the figures."""
    print(
        "Speed, on right code of a course's sizes. Times are medians. A relative error is, for ours, of the"
    )
    print("slope's scale; for CS231n as it defines it; for torch of the largest entry in each comparison.\n")
    print(
        f"{'':12} {'input':>8} {'our':>8}   {'ms':^35}   {'ours / theirs':^15}   {'largest relative error':^35}"
    )
    columns = f"{'ours':>8} {'CS231n':>8} {'slow':>8} {'fast':>8}"
    print(f"{'':12} {'elements':>8} {'forwards':>8}   {columns}   {'CS231n':>7} {'fast':>7}   {columns}")
    rows = {}
    for operation in SEVEN:
        row = rows[operation.name] = _row(operation, QUICK if quick else REPETITIONS)
        print(
            f"{operation.name:12} {row.elements:8} {row.forwards:8}   "
            + " ".join(f"{row.times[check]:8.{2 if check in ('ours', 'fast') else 0}f}" for check in CHECKS)
            + f"   {'1/' + format(1 / row.over('CS231n'), '.0f'):>7} {row.over('fast'):7.2f}   "
            + " ".join(f"{row.errors[check]:8.0e}" for check in CHECKS),
            flush=True,
        )
    middle = {check: statistics.median(row.over(check) for row in rows.values()) for check in CHECKS}
    print(
        f"\nours over theirs, median of the seven: CS231n 1/{1 / middle['CS231n']:.0f}, "
        f"torch slow 1/{1 / middle['slow']:.0f}, torch fast {middle['fast']:.2f}"
    )
    yield at_most(FORWARDS, "forwards", {name: row.forwards for name, row in rows.items()}, "{:.0f}".format)
    yield at_most(
        OF_CS231N,
        "time over CS231n's",
        {name: row.over("CS231n") for name, row in rows.items()},
        lambda value: f"1/{1 / value:.0f}",
    )
    yield at_most(
        OF_FAST,
        "time over torch fast's",
        {name: row.over("fast") for name, row in rows.items()},
        "{:.2f}".format,
    )


def _row(operation: Operation, repetitions: dict[str, int]) -> Row:
    point, fixed = operation.draw(np.random.default_rng(0), *operation.large)

    def pair() -> Pair:
        return checkers.pair_of(operation.forward, operation.backward, fixed)

    def ours(seed: int) -> None:
        assert gradient.check(pair(), point, np.random.default_rng([1, seed]), explain=False).agrees, (
            operation.name
        )

    function, tensors = checkers.as_torch(pair(), point)
    checks: dict[str, Callable[[int], object]] = {
        "ours": ours,
        "CS231n": lambda seed: checkers.central_differences(pair(), point, np.random.default_rng([1, seed])),
        "slow": lambda _: checkers.gradcheck(function, tensors, fast=False),
        "fast": lambda _: checkers.gradcheck(function, tensors, fast=True),
    }
    taken: dict[str, list[float]] = {check: [] for check in CHECKS}
    ours(0)  # the first one of each warms the caches
    checks["fast"](0)
    for repetition in range(max(repetitions.values())):
        for check, run in checks.items():
            if repetition < repetitions[check]:
                started = time.perf_counter()
                run(repetition)
                taken[check].append((time.perf_counter() - started) * 1e3)

    overheard = [Overheard(pair()) for _ in range(repetitions["ours"])]
    for seed, subject in enumerate(overheard):
        gradient.check(subject, point, np.random.default_rng([1, seed]), explain=False)
    errors = {
        "ours": max(max(subject.seen.values()) for subject in overheard),
        "CS231n": checkers.central_differences(pair(), point, np.random.default_rng([1, 0])),
        "slow": checkers.gradcheck_error(pair(), point, fast=False),
        "fast": checkers.gradcheck_error(pair(), point, fast=True),
    }
    return Row(
        elements=sum(x.size for x in point.values()),
        forwards=max(subject.count for subject in overheard),
        times={check: statistics.median(times) for check, times in taken.items()},
        errors=errors,
    )
