"""How often wrong code is called right: the course's known mistakes, and those of the bench's own operations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

from bpkit.judging import gradient
from bpkit.judging.gradient import Point
from bpkit.reference import inputs
from gradients import checkers, course
from gradients.checkers import Compared
from gradients.examples import wrong_variants
from gradients.figures import Figure, share

SEED = 2
MISSES = 0.001  # the aim
_WRONG, _RIGHT = 1e-5, 1e-8  # of an array's largest entry: more than the one, at most the other
UNSEEN = "factor of 1.0001"  # below the tolerance that torch has by default

Counts = Mapping[str, Counter[str]]


def measure(draws: int) -> Iterator[Figure]:
    """Print the mistakes that were missed and yield the figures."""
    print(
        "\nMisses. A run counts where a gradient that was looked at is off by more than 1e-5 of its array's largest"
    )
    print("entry. Mistakes that were missed or could not be told at least once:\n")
    for title, counts in (
        ("the course's known mistakes", _course(max(1, draws // 1000))),
        ("mistakes in the bench's operations", _own(max(3, draws // 100), max(2, draws // 500))),
    ):
        for mistake, count in counts.items():
            if count["missed"] or count["cannot tell"] or count["false"]:
                print(f"  {mistake}: " + ", ".join(f"{what} {number}" for what, number in count.items()))
        total: Counter[str] = sum(counts.values(), Counter())
        seen = sum(count["runs"] > 0 for count in counts.values())
        text = (
            f"misses, {title}: at most {100 * MISSES:.1f} %; {share(total['missed'], total['runs'])}, and "
            f"{share(total['cannot tell'], total['runs'])} without a verdict, in {seen} mistakes"
        )
        if total["torch"]:
            small = sum((count for name, count in counts.items() if UNSEEN in name), Counter())
            text += (
                f"; torch fast: {share(total['torch missed'], total['torch'])}, and "
                f"{share(total['torch missed'] - small['torch missed'], total['torch'] - small['torch'])} "
                f"without the {UNSEEN}"
            )
        yield Figure(total["missed"] <= MISSES * total["runs"], text)
        yield Figure(
            total["false"] == 0,
            f"false failures, {title} where they happen to give the right numbers: none; "
            f"{share(total['false'], total['harmless'])}",
        )


def _course(runs: int) -> Counts:
    """Count over fresh inputs of the exercises' own cases."""
    mistakes, others = course.backward_mistakes()
    counts: dict[str, Counter[str]] = {}
    for number, mistake in enumerate(mistakes):
        count = counts[mistake.name] = Counter()
        for index, case in enumerate(mistake.cases):
            for run in range(runs):
                rng = np.random.default_rng([SEED, number, index, run])
                given = inputs.draw(case, rng)
                wrong, right = (
                    course.pair_of(mistake.exercise, given, functions)
                    for functions in (mistake.wrong, mistake.right)
                )
                _look(Compared(wrong, right), course.point_of(mistake.exercise, given), rng, count)
    unseen = sum(not count["runs"] for count in counts.values())
    print(
        f"  ({len(mistakes)} of the course's mistakes change only the backward; {others} are left out. Of the former, "
        f"{unseen} never count: they fail, have another shape, or show at planted inputs only.)\n"
    )
    return counts


def _own(runs: int, torch_runs: int) -> Counts:
    """Count over small examples of the seven operations."""
    counts: dict[str, Counter[str]] = {}
    for number, (mistake, operation, backward) in enumerate(wrong_variants()):
        count = counts[mistake] = Counter()
        for run in range(runs):
            rng = np.random.default_rng([SEED, number, run])
            point, fixed = operation.example(rng)
            right = checkers.pair_of(operation.forward, operation.backward, fixed)
            wrong = Compared(checkers.pair_of(operation.forward, backward, fixed), right)
            if _look(wrong, point, rng, count) and run < torch_runs:
                count["torch"] += 1
                count["torch missed"] += checkers.passes_fast(wrong, point)
    return counts


def _look(subject: Compared, point: Point, rng: np.random.Generator, count: Counter[str]) -> bool:
    """Run our check and count what came of it; tell whether there was something to be found."""
    agrees = gradient.check(subject, point, rng, explain=False).agrees
    if not subject.wrong(_WRONG, at_last=agrees is True):
        count["harmless"] += len(subject.asked) > 0
        count["false"] += agrees is False and not subject.wrong(_RIGHT, at_last=False)
        return False
    count["runs"] += 1
    count["missed"] += agrees is True
    count["cannot tell"] += agrees is None
    return True
